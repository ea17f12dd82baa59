using System.Security.Cryptography;
using System.Text;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Server;

/// <summary>Has a key for each scope. A caller's key is its name and the rest of it; two of them are configured as their hashes.</summary>
public sealed class NamedKeyServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Server:Keys:0"] = Hash("whole-of-old", Convert.ToHexString),
        ["Sluice:Server:NamedKeys:reader:Keys:0"] = Key("reader"),
        ["Sluice:Server:NamedKeys:reader:Scopes:0"] = "read",
        ["Sluice:Server:NamedKeys:lister:Keys:0"] = Key("lister"),
        ["Sluice:Server:NamedKeys:lister:Scopes:0"] = "list",
        ["Sluice:Server:NamedKeys:deleter:Keys:0"] = Key("deleter"),
        ["Sluice:Server:NamedKeys:deleter:Scopes:0"] = "Delete",
        ["Sluice:Blob:AllowDelete"] = "true",
        ["Sluice:Blob:AllowList"] = "true",
        ["Sluice:Server:NamedKeys:writer:Keys:0"] = Hash(Key("writer"), Convert.ToHexStringLower),
        ["Sluice:Server:NamedKeys:writer:Keys:1"] = Hash(Key("writer-new"), static hash => Convert.ToBase64String(hash)),
        ["Sluice:Server:NamedKeys:writer:Scopes:0"] = "Write",
        ["Sluice:Server:NamedKeys:uploader:Keys:0"] = Key("uploader"),
        ["Sluice:Server:NamedKeys:uploader:Scopes:0"] = "files",
        ["Sluice:Server:NamedKeys:caller:Keys:0"] = Key("caller"),
        ["Sluice:Server:NamedKeys:caller:Scopes:0"] = "relay:erp",
        ["Sluice:Server:NamedKeys:anywhere:Keys:0"] = Key("anywhere"),
        ["Sluice:Server:NamedKeys:anywhere:Scopes:0"] = "relay:*",
        ["Sluice:Server:NamedKeys:github:Keys:0"] = Key("github"),
        ["Sluice:Server:NamedKeys:github:Scopes:0"] = "hooks:github",
        ["Sluice:Server:NamedKeys:senders:Keys:0"] = Key("senders"),
        ["Sluice:Server:NamedKeys:senders:Scopes:0"] = "hooks:*",
        ["Sluice:Server:NamedKeys:operator:Keys:0"] = Key("operator"),
        ["Sluice:Server:NamedKeys:operator:Scopes:0"] = "admin",
        ["Sluice:Server:NamedKeys:both:Keys:0"] = Key("both"),
        ["Sluice:Server:NamedKeys:both:Scopes:0"] = "read",
        ["Sluice:Server:NamedKeys:both:Scopes:1"] = "write",
        ["Sluice:Relay:Targets:erp:Address"] = "http://127.0.0.1:9",
        ["Sluice:Relay:Targets:crm:Address"] = "http://127.0.0.1:9",
        ["Sluice:Hooks:Sources:github:Scheme"] = "github",
        ["Sluice:Hooks:Sources:github:Secrets:0"] = "some-secret",
        ["Sluice:Hooks:Sources:github:Relay:Target"] = "erp",
        ["Sluice:Hooks:Sources:stripe:Scheme"] = "stripe",
        ["Sluice:Hooks:Sources:stripe:Secrets:0"] = "whsec_c29tZS1zZWNyZXQ",
        ["Sluice:Hooks:Sources:stripe:Relay:Target"] = "erp",
        ["Sluice:Resumable:AllowedOrigins:0"] = "https://app.example.com",
    };

    /// <summary>The key of a caller.</summary>
    internal static string Key(string name) => $"{name}-0123456789abcdef";

    private static string Hash(string key, Func<byte[], string> text) => $"sha256:{text(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
