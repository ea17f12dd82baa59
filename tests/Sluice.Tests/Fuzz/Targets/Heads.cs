using System.Text.RegularExpressions;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.Settings;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>How the body comes, and what of its head goes on to a service.</summary>
internal static partial class Heads
{
    private const string Host = "api.example";

    private static readonly string[] _kept =
    [
        "x-functions-key", "x-functions-clientid", "x-ms-client-principal", "x-ms-client-principal-id", "x-ms-token-aad-id-token",
        "x-ms-invocation-id", "X-Original-For", "X-Removed"
    ];

    private static readonly RelayTargetOptions _target = new()
    {
        Address = new Uri("https://service.example"),
        AddHeaders = { ["X-Added"] = "ours" },
        RemoveHeaders = { "X-Removed" }
    };

    public static FuzzTarget Coding { get; } = new(
        "Transfer-Encoding", "one line that is chunked, as a regular expression, and never in HTTP/1.0")
    {
        Seeds =
        [
            "Transfer-Encoding:chunked", "Transfer-Encoding:gzip, chunked", "Transfer-Encoding:Chunked",
            "Transfer-Encoding:chunked\nTransfer-Encoding:chunked", ""
        ],
        Tokens = ["Transfer-Encoding:", "chunked", "gzip", "identity", ",", ";", "\"", "\n", " ", "\t", "\u000B", "\u00A0", "x"],
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = TransferCoding.Fault(HttpRequests.Of(text)),
        Check = static text =>
        {
            var (request, old) = (HttpRequests.Of(text), HttpRequests.Of(text));
            (request.Protocol, old.Protocol) = ("HTTP/1.1", "HTTP/1.0");
            var lines = request.Headers.TransferEncoding;
            return TransferCoding.Fault(request) is null != (lines.Count == 0 || (lines.Count == 1 && Chunked().IsMatch(lines[0]!)))
                ? "it is the other way round"
                : TransferCoding.Fault(old) is null != (lines.Count == 0) ? "HTTP/1.0 has a transfer coding" : null;
        },
    };

    public static FuzzTarget Relayed { get; } = new(
        "Headers of a relayed request",
        "the host's own headers and those that Connection names are removed; what Sluice adds is last in its list, and only Sluice sets it")
    {
        Seeds =
        [
            "x-functions-key:s3cret\nX-A:b\nConnection:x-a, close",
            "Cookie:a=b; AppServiceAuthSession=x; c=d\nCookie:AppServiceAuthSession1=y", "Authorization:Bearer theirs\nX-Added:theirs",
            "X-Forwarded-For:192.0.2.1\nForwarded:for=192.0.2.1;host=\"x\"\nX-Forwarded-Proto:https",
            "Content-Type:text/plain\nContent-Length:2\nConnection:content-length, content-type",
        ],
        Tokens =
        [
            .. _kept.Select(static name => name + ":"), "Connection:", "close", ",", ", ", "x-a", "X-A:", "Cookie:",
            "AppServiceAuthSession", "=", ";", "; ", "Forwarded:", "X-Forwarded-For:", "X-Forwarded-Host:", "\"", "\\", "\n",
            "Authorization:", "X-Added:", "Content-Type:", "Expect:100-continue", "Keep-Alive:", "host", "Trailer:",
        ],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 1_024,
        Parse = static text => Send(text, static (_, _) => null),
        Check = static text => Send(text, static (sent, headers) =>
        {
            string All(string name) => headers.TryGetValue(name, out var values) ? string.Join(", ", values) : "";
            var named = sent.Headers.Connection.SelectMany(static line => line!.Split(',')).Select(static name => name.Trim(' ', '\t'));
            return _kept.FirstOrDefault(headers.ContainsKey) is { } own ? $"{own} goes on"
                : headers.GetValueOrDefault("Cookie", []).Any(static line => HostCookie().IsMatch(line)) ? "the host's cookie goes on"
                : named.FirstOrDefault(name => Token().IsMatch(name) && headers.ContainsKey(name) && !Ours().IsMatch(name)) is { } passed
                    ? $"{passed} goes on, which Connection names"
                : All("Authorization") != "Bearer ours" || All("X-Added") != "ours" || headers.ContainsKey("Host")
                    ? "the client says what only we say"
                : !ForwardedField.IsValid(All("Forwarded"))
                    || !All("Forwarded").EndsWith($"for=unknown;host=\"{Host}\";proto=https", StringComparison.Ordinal)
                    ? $"Forwarded is {All("Forwarded")}"
                : All("X-Forwarded-Host").Split(',')[^1].Trim() != Host || All("X-Forwarded-Proto").Split(',')[^1].Trim() != "https"
                    ? "it was forwarded by somebody else"
                    : null;
        }),
    };

    private static string? Send(string text, Func<Microsoft.AspNetCore.Http.HttpRequest, Dictionary<string, string[]>, string?> look)
    {
        var sent = HttpRequests.Of(text, "POST");
        (sent.Scheme, sent.Headers.Host) = ("https", Host);
        using var message = new HttpRequestMessage(HttpMethod.Post, "https://service.example/") { Content = new ByteArrayContent([]) };
        foreach (var (name, values) in sent.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        RelayHeaders.Apply(sent, message, _target, "Bearer ours");
        return look(sent, message.Headers.NonValidated.Concat(message.Content.Headers.NonValidated).ToDictionary(
            static header => header.Key, static header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\A[ \t]*[cC][hH][uU][nN][kK][eE][dD][ \t]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Chunked();

    [GeneratedRegex(@"(?:\A|;)[ \t]*AppServiceAuthSession", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HostCookie();

    [GeneratedRegex(@"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // Set after what the client sent is gone; and the length, which is the body's.
    [GeneratedRegex(
        @"\A(?:content-length|forwarded|x-forwarded-(?:for|proto|host)|authorization|x-added|expect)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ours();
}
