using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Sluice.Server.Keys;
using Sluice.Server.Settings;
using Sluice.Server;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>What the settings of the server say: its keys, what they open, and where it listens.</summary>
internal static partial class ServerSettings
{
    private const string Prefix = "sha256:";

    private static readonly byte[] _hash = SHA256.HashData("s3cret"u8);

    private static readonly IConfiguration _names = new ConfigurationBuilder()
        .AddInMemoryCollection(
        [
            new("Sluice:Relay:Targets:erp:Address", "https://erp.example"), new("Sluice:Hooks:Sources:github:Scheme", "github")
        ])
        .Build();

    public static FuzzTarget Key { get; } = new(
        "Key of the server", "what is a hash as a regular expression; inverse: "
            + "a key is recognized by its text and by its hash in both notations; a hash is not accepted as a key")
    {
        Seeds =
        [
            "s3cret", Prefix + Convert.ToHexStringLower(_hash), "SHA256:" + Convert.ToHexString(_hash),
            Prefix + Convert.ToBase64String(_hash)
        ],
        Tokens = [Prefix, "SHA256:", "sha", "=", "==", "A", "0", "f", "+", "/", "_", "-", " ", "\n"],
        Parse = static text => _ = KeyHash.TryRead(text, out _),
        Check = static text =>
        {
            var (read, of) = (KeyHash.TryRead(text, out var hash), SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            var written = Written().Match(text);
            var expected = !written.Success ? of
                : written.Groups["hex"].Success ? Convert.FromHexString(written.Groups["hex"].Value)
                : written.Groups["base64"].Success ? Canonical(written.Groups["base64"].Value) : null;
            return read != expected is not null || (read && !hash.AsSpan().SequenceEqual(expected)) ? "it is another key"
                : Keys(text).Find(text) is not null != !written.Success ? "whoever reads the settings can call"
                : Keys(Prefix + Convert.ToHexString(of)).Find(text) is null
                    || Keys(Prefix.ToUpperInvariant() + Convert.ToBase64String(of)).Find(text) is null
                    ? "its hash does not stand for it"
                    : null;
        },
        FixedBytes = 32 * 1024,
    };

    public static FuzzTarget Scope { get; } = new("Scope of a key", "the scopes as a regular expression")
    {
        Seeds = ["read", "relay:erp", "hooks:*", "ADMIN", "Hooks:GitHub"],
        Tokens = ["read", "relay", "hooks", ":", "*", "erp", "github", " ", "hook\u017F:*", "hoo\u212As:*"],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = Check(text),
        Check = static text => Check(text).Succeeded == Scopes().IsMatch(text) ? null : "it is the other way round",
    };

    /// <summary>A setting a line: its key, =, and its value.</summary>
    public static FuzzTarget Listening { get; } = new("Address to listen at", "Uri says what is only this machine; plain lists by hand")
    {
        Seeds =
        [
            "URLS=http://localhost:7071", "URLS=https://+:8443; http://127.0.0.1:80;http://[::1]:81", "HTTP_PORTS=8080;8081",
            "Kestrel:Endpoints:A:Url=http://*:80\nURLS=http://localhost:1", "URLS=http://unix:/tmp/a.sock", "HTTPS_PORTS=8443",
            "URLS=http://pipe:/a;http://0.0.0.0:5/base",
        ],
        Tokens =
        [
            "URLS=", "HTTP_PORTS=", "HTTPS_PORTS=", "Kestrel:Endpoints:A:Url=", "http://", "https://", "localhost", "127.0.0.1", "[::1]",
            "[::ffff:127.0.0.1]", "+", "*", "0x7f.1", ":", ":80", ":65536", ";", "/", "@", "unix:/", "pipe:/", "HTTP://", "LOCALHOST", "[",
            "]", "\n", " ", "?", "#", "\\",
        ],
        IsMeasured = false,
        FixedBytes = 128 * 1024,
        BytesPerCharacter = 1_024,
        Parse = static text => _ = (ListenAddress.Local(Settings(text)), ListenAddress.Beyond(Settings(text))),
        Check = static text =>
        {
            var settings = Settings(text);
            var (local, beyond) = (ListenAddress.Local(settings), ListenAddress.Beyond(settings));
            var urls = settings["URLS"] ?? "";
            IEnumerable<string> named =
            [
                .. settings.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"] ?? ""),
                .. urls.Split(';', StringSplitOptions.TrimEntries)
            ];
            return beyond is null && named.FirstOrDefault(IsReached) is { } reached ? $"others reach {reached}"
                : local is not null
                    && (local.Scheme != "http" || local.PathAndQuery != "/" || local.UserInfo.Length > 0
                        || local.Host is "0.0.0.0" or "[::]" or "+" or "*") ? $"it asks at {local}"
                : Plain().IsMatch(urls) && local?.AbsoluteUri != Expected(urls) ? $"it asks at {local}"
                : Plain().IsMatch(urls) && beyond is null
                    && urls.Split(';').Any(static url => !url.Contains("//localhost:", StringComparison.Ordinal))
                    ? "others reach one of them"
                    : null;
        },
    };

    // Null where the last digit has bits that no byte has.
    private static byte[]? Canonical(string base64) =>
        Convert.FromBase64String(base64) is var bytes && Convert.ToBase64String(bytes) == string.Concat(base64.Where(static c => c > ' '))
            ? bytes
            : null;

    private static ServerKeys Keys(string key)
    {
        var options = new ServerOptions();
        options.Keys.Add(key);
        return new ServerKeys(Options.Create(options));
    }

    private static ValidateOptionsResult Check(string scope)
    {
        var options = new ServerOptions();
        options.NamedKeys["it"] = new NamedKeyOptions { Keys = { "0123456789abcdef" }, Scopes = { scope } };
        return new ServerOptionsCheck(_names).Validate(null, options);
    }

    private static IConfigurationRoot Settings(string text) => new ConfigurationBuilder()
        .AddInMemoryCollection(text.Split('\n').Select(static line => line.Split('=', 2)).GroupBy(
            static pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .Select(static pairs => KeyValuePair.Create(pairs.Key, pairs.Last().ElementAtOrDefault(1))))
        .Build();

    // What another parser reads as an address that is not this machine's, if Kestrel reads it as one at all:
    // it wants the slashes, which Uri lets be others.
    private static bool IsReached(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && url.StartsWith($"{address.Scheme}://", StringComparison.OrdinalIgnoreCase)
            && address is { UserInfo: "", IsLoopback: false, Host: not ("unix" or "pipe") };

    private static string? Expected(string urls) =>
        urls.Split(';').FirstOrDefault(static url => url.StartsWith("http:", StringComparison.Ordinal)) is { } url
            ? new Uri(url.Replace("+", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal))
                .AbsoluteUri
            : null;

    // White space within base64 counts for nothing.
    [GeneratedRegex(
        @"\A[sS][hH][aA]256:(?:(?<hex>[0-9A-Fa-f]{64})\z|(?<base64>(?:[ \t\r\n]*[A-Za-z0-9+/]){43}[ \t\r\n]*=[ \t\r\n]*)\z)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(
        @"\A(?:[rR][eE][aA][dD]|[wW][rR][iI][tT][eE]|[fF][iI][lL][eE][sS]|[aA][dD][mM][iI][nN]|[rR][eE][lL][aA][yY]:(?:\*|[eE][rR][pP])|[hH][oO][oO][kK][sS]:(?:\*|[gG][iI][tT][hH][uU][bB]))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Scopes();

    [GeneratedRegex(
        @"\Ahttps?://(?:localhost|\+|0\.0\.0\.0|a\.example):[1-9][0-9]{0,3}(?:;https?://(?:localhost|\+|0\.0\.0\.0|a\.example):[1-9][0-9]{0,3})*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
