using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Limits;
using Sluice.Callers;
using Sluice.Settings;

namespace Sluice.AspNetCore.Relay;

/// <summary>The headers of a relayed request.</summary>
internal static class RelayHeaders
{
    // The caller's identity and credentials are not disclosed to others.
    private static readonly string[] Ours = ["x-functions-key", "x-functions-clientid", "x-ms-client-principal", "x-ms-token-"];

    // The id of the invocation, for the Functions host; and the values that ASP.NET Core's forwarded-headers middleware, which runs in the
    // worker, keeps of what it replaced: addresses inside this network. Whole names: X-Original-Forwarded-For belongs to a proxy.
    private static readonly string[] Inside =
        ["x-ms-invocation-id", "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Original-Prefix"];

    // Of the connection or its framing (RFC 9110, section 7.6.1), and credentials.
    private static readonly string[] OfConnection =
    [
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length", "Expect",
        "HTTP2-Settings", "Authorization", "Proxy-Authorization", "Cookie",
    ];

    private const string IdempotencyKey = "Idempotency-Key";

    private const string OurCookie = "AppServiceAuthSession";

    public static void Apply(HttpRequest from, HttpRequestMessage to, RelayTargetOptions target, string? authorization)
    {
        // The host is the target's, whatever host name the client used.
        to.Headers.Host = null;

        foreach (var name in Unwanted(from, target))
        {
            Remove(to, name);
        }

        PassCookies(to);
        SetForwarded(from, to);
        Add(to, target, authorization);
        to.Headers.ExpectContinue = to.Content is not null && (target.ExpectContinue || from.Headers.ContainsKey(HeaderNames.Expect));
    }

    /// <summary>
    /// The client's headers, for a request that is sent later: as they are relayed, but without credentials, which are not kept anywhere.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Keep(HttpRequest from)
    {
        using var to = new HttpRequestMessage { Content = new ByteArrayContent([]) };
        foreach (var (name, values) in from.Headers)
        {
            if (!OfConnection.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !to.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                to.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        foreach (var name in Unwanted(from, new RelayTargetOptions()))
        {
            Remove(to, name);
        }

        SetForwarded(from, to);
        return
        [
            .. to.Headers.NonValidated.Concat(to.Content.Headers.NonValidated).SelectMany(
                static header => header.Value.Select(value => KeyValuePair.Create(header.Key, value))),
        ];
    }

    /// <summary>Adds headers that were kept.</summary>
    public static void AddKept(HttpRequestMessage to, IEnumerable<KeyValuePair<string, string>> kept, RelayTargetOptions target)
    {
        foreach (var (name, value) in kept.Where(header => !target.RemoveHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!to.Headers.TryAddWithoutValidation(name, value))
            {
                to.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    /// <summary>
    /// Identifies a request that a service may get twice (draft-ietf-httpapi-idempotency-key-header), unless its client did.
    /// </summary>
    public static void AddKey(HttpRequestMessage to, string key)
    {
        if (!to.Headers.NonValidated.Contains(IdempotencyKey))
        {
            to.Headers.TryAddWithoutValidation(IdempotencyKey, $"\"{key}\"");
        }
    }

    /// <summary>Whether a header is between the caller and Sluice only.</summary>
    public static bool IsOurs(string name) => Ours.Any(ours => name.StartsWith(ours, StringComparison.OrdinalIgnoreCase));

    /// <summary>The headers that every request to a target has.</summary>
    public static void Add(HttpRequestMessage to, RelayTargetOptions target, string? authorization)
    {
        if (authorization is not null)
        {
            Remove(to, HeaderNames.Authorization);
            to.Headers.TryAddWithoutValidation(HeaderNames.Authorization, authorization);
        }

        foreach (var (name, value) in target.AddHeaders)
        {
            Remove(to, name);
            if (!to.Headers.TryAddWithoutValidation(name, value))
            {
                to.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    // Removed: our own, the target's RemoveHeaders, and those that the client's Connection names (RFC 9110, section 7.6.1: names only, so
    // no quote can contain a comma). Not the length, which belongs to the body.
    private static IEnumerable<string> Unwanted(HttpRequest from, RelayTargetOptions target) => from.Headers.Keys
        .Where(IsOurs)
        .Concat(Inside)
        // A token for this service: its target could use it in the caller's name.
        .Concat(from.HttpContext.User.Identity is CallerIdentity { Caller.Kind: CallerKind.Token or CallerKind.Principal }
            ? [HeaderNames.Authorization]
            : [])
        .Concat(target.RemoveHeaders)
        .Concat(from.Headers.Connection
            .SelectMany(static line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(static name => !name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)));

    private static void PassCookies(HttpRequestMessage to)
    {
        var lines = Left(to, HeaderNames.Cookie);
        if (!lines.Any(static line => line.Contains(OurCookie, StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        // Several lines are combined into one (RFC 6265, section 5.4).
        to.Headers.Remove(HeaderNames.Cookie);
        var kept = string.Join("; ", lines
            .SelectMany(static line => line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(static cookie => !cookie.StartsWith(OurCookie, StringComparison.OrdinalIgnoreCase)));
        if (kept.Length > 0)
        {
            to.Headers.TryAddWithoutValidation(HeaderNames.Cookie, kept);
        }
    }

    // Adds one hop to the received value, in both notations. We decided whether to trust the first; we vouch for the last.
    private static void SetForwarded(HttpRequest from, HttpRequestMessage to)
    {
        var remote = from.HttpContext.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4()
            : from.HttpContext.Connection.RemoteIpAddress;
        Append(to, "X-Forwarded-For", remote?.ToString());
        Append(to, "X-Forwarded-Proto", from.Scheme);
        Append(to, "X-Forwarded-Host", from.Host.Value);
        Append(
            to, ForwardedField.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"for={Node(remote)};host=\"{ForwardedField.Escape(from.Host.Value)}\";proto={from.Scheme}"));
    }

    // A received value that is not a valid list is dropped: after an unterminated quote, our element would become part of it.
    private static void Append(HttpRequestMessage to, string name, string? value)
    {
        var said = string.Join(", ", Left(to, name).Where(static part => !string.IsNullOrWhiteSpace(part)));
        var stays = said.Length > 0 && (name == ForwardedField.Name ? ForwardedField.IsValid(said) : ForwardedField.IsPlainList(said));
        to.Headers.Remove(name);
        to.Headers.TryAddWithoutValidation(
            name, string.Join(", ", new[] { stays ? said : null, value }.Where(static part => !string.IsNullOrEmpty(part))));
    }

    // New fields are built from the headers that are forwarded, not from those received; otherwise removed values would come back.
    private static string[] Left(HttpRequestMessage to, string name) =>
        to.Headers.NonValidated.TryGetValues(name, out var values) ? [.. values] : [];

    // RFC 7239, section 6.
    private static string Node(IPAddress? address) => address switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"\"[{address}]\"",
        _ => address.ToString(),
    };

    // Checked first, because a collection throws at a name that belongs to the other.
    private static void Remove(HttpRequestMessage request, string name)
    {
        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }
        else if (request.Content?.Headers.NonValidated.Contains(name) == true)
        {
            request.Content.Headers.Remove(name);
        }
    }
}
