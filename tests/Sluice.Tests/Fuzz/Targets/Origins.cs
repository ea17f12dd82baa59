using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Hosting;
using Sluice.AspNetCore.Results;
using Sluice.Settings;
using Sluice.Tests.Uploads;
using Sluice.Webhooks;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>Who asks whether it may send: pages of other origins, senders of events.</summary>
internal static partial class Origins
{
    private const string Allowed = "WebHook-Allowed-Origin";

    private const string Token = @"[!#$%&'*+\-.^_`|~0-9A-Za-z]+";

    private static readonly string[] _open = ["https://app.example.com", "http://localhost:5173"];

    private static readonly ResumableOptionsCheck _check = new(Options.Create(new BlobOptions()));

    private static readonly CloudEventsHandshake _handshake = CloudEventsHandshake.Compile(
        new() { AllowedOrigins = { "eventemitter.example.com" } }, new SettingProblems("it", null, []));
    private static readonly CloudEventsHandshake _anybody = CloudEventsHandshake.Compile(
        new() { AllowedOrigins = { "*" } }, new SettingProblems("it", null, []));

    public static FuzzTarget Page { get; } = new(
        "Origin of a page",
        "an origin is allowed if it is, character by character, one of the settings; the names that are given back are a list by RFC 9110")
    {
        Seeds =
        [
            .. _open.Select(static origin => $"Origin:{origin}\nAccess-Control-Request-Headers:tus-resumable,upload-offset"), "Origin:null",
            "Origin:https://APP.example.com", "Access-Control-Request-Headers:a b,c"
        ],
        Tokens =
        [
            "Origin:", .. _open, "https://", "http://", ".example.com", ":443", "/", ",", "null", "*", "\n",
            "Access-Control-Request-Headers:", "x-a", "@"
        ],
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = Answer(text, _open),
        Check = static text =>
        {
            var origin = HttpRequests.Of(text).Headers.Origin.ToString();
            var (some, any, none) = (Answer(text, _open), Answer(text, ["*"]), Answer(text, []));
            return none.Count > 0 ? "it answers where no origin is configured"
                : some.AccessControlAllowOrigin.ToString() != (Array.IndexOf(_open, origin) >= 0 ? origin : "")
                    ? $"the origin {some.AccessControlAllowOrigin} may send"
                : any.AccessControlAllowOrigin.ToString() != (origin.Length > 0 ? "*" : "") ? "not everybody may send"
                : some.Vary != "Origin" || some.AccessControlAllowCredentials.Count > 0
                    ? "a cache, or a page with cookies, takes it for another's"
                : some.AccessControlAllowOrigin.Count == 0 && some.Count != 1 ? "others are told too much"
                : some.AccessControlAllowHeaders.Count > 0 && !Names().IsMatch(some.AccessControlAllowHeaders.ToString())
                    ? $"its names are '{some.AccessControlAllowHeaders}'"
                    : null;
        },
    };

    public static FuzzTarget Configured { get; } = new("Origin as configured", "an origin as browsers write it, as a regular expression")
    {
        Seeds =
        [
            "https://app.example.com", "http://localhost:5173", "*", "http://[::1]:8080", "http://127.0.0.1",
            "https://xn--bcher-kva.example"
        ],
        Tokens =
        [
            "https://", "http://", ":443", ":80", ":65536", "/", "*", "@", "a@", "b\u00FC.example", "[::1]", "A", "%41", ".", "_", "?", "#",
            "\\", "null", "file://", "127.1"
        ],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = IsTaken(text),
        Check = static text => IsTaken(text)
            ? (Serialized().IsMatch(text) ? null : "no browser sends it")
            : Plain().IsMatch(text) ? "a browser sends it" : null,
    };

    public static FuzzTarget Sender { get; } = new(
        "Origin of a sender of events", "a name of the settings, or any that a regular expression takes")
    {
        Seeds = ["eventemitter.example.com", "EventEmitter.Example.com", "a", ""],
        Tokens = ["eventemitter", ".example.com", ".", "-", "_", "*", ",", " ", "\r\n", ":", "\u017F", "\u212A", new string('a', 250)],
        Parse = static text => _ = Asked(_handshake, text),
        Check = static text =>
        {
            var (one, any) = (Asked(_handshake, text), Asked(_anybody, text));
            var isName = text.Length <= 253 && DnsName().IsMatch(text);
            return one.GetValueOrDefault(Allowed)
                != (isName && text.Equals("eventemitter.example.com", StringComparison.OrdinalIgnoreCase) ? text : null)
                ? $"{string.Join(", ", one)} may send"
                : any.GetValueOrDefault(Allowed) != (isName ? text : null)
                    || any.GetValueOrDefault("WebHook-Allowed-Rate") != (isName ? "*" : null)
                    ? $"of all, {string.Join(", ", any)} may send"
                    : null;
        },
    };

    private static IHeaderDictionary Answer(string text, string[] origins)
    {
        var options = new CrossOriginOptions();
        Array.ForEach(origins, options.Blobs.Add);
        var request = HttpRequests.Of(text, "OPTIONS");
        request.Path = "/api/blobs/x";
        new CrossOrigin(Options.Create(options), Options.Create(new ResumableOptions()), Options.Create(new BlobOptions())).Write(request);
        return request.HttpContext.Response.Headers;
    }

    private static bool IsTaken(string origin)
    {
        var options = new ResumableOptions();
        options.AllowedOrigins.Add(origin);
        return _check.Validate(null, options).Succeeded;
    }

    private static Dictionary<string, string> Asked(CloudEventsHandshake handshake, string origin) =>
        handshake.Answer(new AddressQuestion("OPTIONS", _ => origin, static _ => null))!.Value.Value().Headers.ToDictionary();

    [GeneratedRegex($@"\A{Token}(?:,{Token})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    // https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin:
    // nothing behind the port, and no port that is the scheme's own.
    [GeneratedRegex(
        @"\A(?:\*|https?://(?:[a-z0-9!$&'()*+,\-.;=_~]+|\[[0-9a-f:.]+\])(?::(?!0[0-9])[0-9]{1,5})?(?<!\Ahttp://[^/]*:80)(?<!\Ahttps://[^/]*:443))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Serialized();

    [GeneratedRegex(@"\Ahttps?://[a-z]{1,20}(?:\.[a-z]{1,20}){0,3}(?::[1-9][0-9]{3})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[a-zA-Z0-9._\-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsName();
}
