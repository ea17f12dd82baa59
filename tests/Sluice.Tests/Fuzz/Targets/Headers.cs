using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Names;
using Sluice.Storage;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>Headers and queries that are passed on, repeated, or decide who calls.</summary>
internal static partial class Headers
{
    private const string Token = @"[!#$%&'*+\-.^_`|~0-9A-Za-z]+";
    private const string Pair = $@"{Token}=(?:{Token}|""(?:[\t !#-\[\]-~]|\\[\t -~])*"")";
    private const string Element = $@"{Pair}(?:[ \t]*;[ \t]*{Pair})*";

    public static FuzzTarget Forwarded { get; } = new("Forwarded", "grammar of RFC 7239 as a regular expression")
    {
        Seeds = ["for=192.0.2.60;proto=http;by=203.0.113.43", "for=\"[2001:db8::1]:4711\", for=_x", "for=\"a,b\\\"c\" ; host=x"],
        Tokens = ["for=", "\"", "\\", ";", ",", ", ", "=", " ", "\t", "host", "[", "\\\""],
        Grammar = new(
            ("field", ["<element>", "<element>,<field>", "<element> , ,<element>", ", <element>"]),
            ("element", ["<pair>", "<pair>;<element>", "<pair> ; <pair>"]),
            ("pair", ["<token>=<token>", "<token>=\"<text>\"", "<token>=", "=<token>"]),
            ("token", ["for", "host", "192.0.2.1", "unknown"]),
            ("text", ["", "a,b", "\\\"", "\\\\", "[::1]:80", "\u00E9", "\\"])),
        Parse = static text => _ = ForwardedField.IsValid(text),
        Check = static text => ForwardedField.IsValid(text) == List().IsMatch(text) ? null : "it is the other way round",
    };

    public static FuzzTarget Query { get; } = new(
        "Query that is relayed", "ASP.NET Core and HttpUtility find no key in it; what is left is left in its order")
    {
        Seeds = ["?a=1&code=secret&b=2", "?c%6fde=x", "?%63%6F%64%65", "?code", "?a=b%20c&+code=x"],
        Tokens = ["code", "CODE", "%63", "c%6f", "=", "&", "+", "%", "?", "%00", ";", "code=", "&code&", "%2563ode", "\uFF43ode"],
        BytesPerCharacter = 512,
        Parse = static text => _ = RelayQuery.WithoutKey(new QueryString("?" + text.TrimStart('?'))),
        Check = static text =>
        {
            var (sent, kept) = ("?" + text.TrimStart('?'), RelayQuery.WithoutKey(new QueryString("?" + text.TrimStart('?'))));
            var others = sent[1..].Split('&')
                .Where(static pair => !Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' ')).Trim().Equals(
                    "code", StringComparison.OrdinalIgnoreCase))
                .ToList();
            return QueryHelpers.ParseQuery(kept).ContainsKey("code") || System.Web.HttpUtility.ParseQueryString(kept)["code"] is not null
                ? $"the key is in '{kept}'"
                : kept.TrimStart('?') == string.Join('&', others).TrimStart('?') ? null : $"'{kept}' is left";
        },
    };

    public static FuzzTarget Text { get; } = new("Text of a header", "UTF-8 where it is that, else one character a byte")
    {
        Seeds = ["plain", "\u00C3\u00A9", "\u00E9", "\u00F0\u009F\u009A\u009A", "\u0416"],
        Tokens = ["\u00C3\u00A9", "\u00C0\u00AF", "\u00ED\u00A0\u0080", "\u00E9", "\u00FF", "a", "\u00F4\u0090\u0080\u0080"],
        Parse = static text => _ = HeaderText.Read(text),
        Check = static text => HeaderText.Read(text)
            == (text.All(static c => c <= 255) && System.Text.Unicode.Utf8.IsValid(FuzzTarget.Bytes(text))
                ? Encoding.UTF8.GetString(FuzzTarget.Bytes(text))
                : text)
            ? null
            : "it is another text",
    };

    public static FuzzTarget Value { get; } = new("Value that an answer repeats", "grammar of RFC 9110 as a regular expression")
    {
        Seeds = ["plain value", "a, b,,c", "x-custom, \u00E9", " a"],
        Tokens = [",", " ", "\t", "\r\n", "a", "\u00E9", "\0", "x-"],
        BytesPerCharacter = 256,
        Parse = static text => _ = FieldValue.Names(text),
        Check = static text => FieldValue.IsValid(text) != Field().IsMatch(text) ? "its value is the other way round"
            : FieldValue.Names(text) is { } names && !Names().IsMatch(names) ? $"its names are '{names}'" : null,
    };

    public static FuzzTarget Hook { get; } = new("Metadata of a delivery", "storage takes it, whatever the headers were")
    {
        Seeds =
        [
            "X-GitHub-Event:push\nX-GitHub-Delivery:1\nX-Hub-Signature-256:x", "webhook-id:a\nwebhook-signature:b\nce-type:c", "ce-x:\u00E9"
        ],
        Tokens = ["x-github-", "webhook-", "svix-", "ce-", "signature", "token", ":", "\n", "-", "_", new string('v', 300)],
        MaxCharacters = 6_000,
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = WebhookMetadata.Of(HttpRequests.Of(text).Headers),
        Check = static text => BlobMetadata.Problem(BlobMetadata.Trim(WebhookMetadata.Of(HttpRequests.Of(text).Headers)))
            ?? WebhookMetadata.Of(HttpRequests.Of(text).Headers).Keys.FirstOrDefault(
                static name => name.Contains("signature", StringComparison.Ordinal) || name.Contains("token", StringComparison.Ordinal)),
    };

    public static FuzzTarget Address { get; } = new(
        "Caller's address (X-Forwarded-For)", "only the last one counts, which the host wrote; IPAddress reads it")
    {
        Seeds = ["192.0.2.1", "192.0.2.1:80, [2001:db8::1]:443", "2001:db8::1", "unknown, ::ffff:192.0.2.1"],
        Tokens = [",", ", ", ":", "::", "[", "]", "192.0.2.1", "%eth0", "0x7f.1", "::1", "/64"],
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = CallerOf(text),
        Check = static text => CallerOf($"{text}, 192.0.2.7:4711") != "address:192.0.2.7"
            || CallerOf($"{text},[2001:db8::7]:4711") != "address:2001:db8::/64"
            ? "the client says who calls"
            : CallerOf(text) is var caller
                && (caller == "address:"
                    || IPAddress.TryParse(caller["address:".Length..].Replace("/64", "", StringComparison.Ordinal), out _))
                ? null
                : $"it is {CallerOf(text)}",
    };

    public static FuzzTarget Location { get; } = new("Location of a blob", "inverse: its path, decoded, has the name that it was made of")
    {
        Seeds = ["a/b.txt", "a b/\u00E9", "%20", "a?b#c"],
        Tokens = ["/", "%", "%20", "?", "#", "\uD83D\uDE00", "+", ";"],
        BytesPerCharacter = 512,
        Parse = static text => _ = BlobLocation.Of(HttpRequests.Of(""), "inbox", text),
        Check = static text => BlobName.Problem(text) is not null ? null
            : BlobLocation.Of(HttpRequests.Of(""), "inbox", text) is var path && Uri.UnescapeDataString(path) == $"/api/blobs/inbox/{text}"
                && FieldValue.IsValid(path) ? null : $"it is {path}",
    };

    private static string CallerOf(string text)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Forwarded-For"] = text;
        return CallerFinder.Find(context, SluiceHost.Functions, addressField: null).Share;
    }

    [GeneratedRegex($@"\A[ \t,]*(?:{Element}(?:[ \t]*,[ \t,]*{Element})*[ \t]*(?:,[ \t,]*)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex List();

    [GeneratedRegex(@"\A(?:[!-~](?:[\t -~]*[!-~])?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    [GeneratedRegex($@"\A{Token}(?:,{Token})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
