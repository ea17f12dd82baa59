using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Callers;

/// <summary>Takes tokens of an issuer in the process of the tests, and a key beside them.</summary>
public sealed class TokenServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    internal const string Key = "some-key-0123456789";

    private TestIssuer? _issuer;
    private ScriptedService? _service;

    internal TestIssuer Issuer => _issuer!;

    internal ScriptedService Service => _service!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sluice:Server:Tokens:Authority"] = Issuer.Address,
        ["Sluice:Server:Tokens:Issuer"] = "urn:tokens",
        ["Sluice:Server:Tokens:Audiences:0"] = TestIssuer.Audience,
        ["Sluice:Server:Tokens:Grants:0:Scope"] = "uploads",
        ["Sluice:Server:Tokens:Grants:0:Scopes:0"] = "write",
        ["Sluice:Server:Tokens:Grants:0:Scopes:1"] = "read",
        ["Sluice:Server:Tokens:Grants:0:Scopes:2"] = "files",
        ["Sluice:Server:Tokens:Grants:0:Scopes:3"] = "relay:service",
        ["Sluice:Server:Tokens:Grants:1:Role"] = "Eraser",
        ["Sluice:Server:Tokens:Grants:1:Scopes:0"] = "delete",
        ["Sluice:Server:NamedKeys:ci:Keys:0"] = Key,
        ["Sluice:Server:NamedKeys:ci:Scopes:0"] = "write",
        ["Sluice:Blob:AllowDelete"] = "true",
        ["Sluice:Relay:Targets:service:Address"] = $"{Service.Address()}",
        ["Sluice:Resumable:Name"] = "{caller:id}/{id}",
        ["Sluice:Routes:0:Name"] = "own",
        ["Sluice:Routes:0:When:Path"] = "own/*",
        ["Sluice:Routes:0:Store:Container"] = Container.Name,
        ["Sluice:Routes:0:Store:Name"] = "own/{caller:id}/{claim:team}.bin",
    };

    protected override async Task PrepareAsync() =>
        (_issuer, _service) = (await TestIssuer.StartAsync("urn:tokens"), await ScriptedService.StartAsync());

    protected override async ValueTask CleanUpAsync()
    {
        await (_issuer?.DisposeAsync() ?? default);
        await (_service?.DisposeAsync() ?? default);
    }
}
