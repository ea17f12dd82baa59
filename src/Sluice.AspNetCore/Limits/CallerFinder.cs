using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Routes;
using Sluice.Callers;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Limits;

/// <summary>
/// Finds who sent a request: the identity that authenticated it, the source of a webhook, or else the client's address. On Azure Functions
/// the host checks keys and does not report which one was used.
/// </summary>
internal static class CallerFinder
{
    private const string ForwardedFor = "X-Forwarded-For";

    // A subscriber usually has all addresses of a /64 (RFC 6177): counted one by one, they would be as many callers.
    private const int NetworkBytes = 8;

    /// <summary>The caller of a request; unknown for a request that no endpoint has begun to handle.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Caller.Unknown;

    /// <summary>Who a request counts for; empty for a request that no endpoint has begun to handle.</summary>
    public static string ShareOf(HttpContext context) => context.Features.Get<Caller>()?.Share ?? "";

    /// <summary>Identifies the caller, once for each request.</summary>
    /// <param name="context">The request, after authentication.</param>
    /// <param name="host">What reads the client's connection.</param>
    /// <param name="addressField">The field in which the platform reports the client's address, on Azure Functions; null for none. The
    /// connection's remote address is then set to the same value.</param>
    public static Caller Find(HttpContext context, SluiceHost host, string? addressField)
    {
        if (context.Features.Get<Caller>() is { } known)
        {
            return known;
        }

        if (host == SluiceHost.Functions && addressField is not null && Address(context, addressField) is { } client)
        {
            context.Connection.RemoteIpAddress = client;
            context.Request.Headers.Remove(ForwardedFor);
        }

        var caller = Identified(context.User) ?? Source(context, host) ?? Unidentified(context, host);
        context.Features.Set(caller);
        return caller;
    }

    private static Caller? Identified(ClaimsPrincipal user) => user.Identity switch
    {
        CallerIdentity { Caller: { IsIdentified: true } known } => known,
        CallerIdentity => null,
        ClaimsIdentity { IsAuthenticated: true, Name: { Length: > 0 } name } own => new Caller
        {
            Kind = CallerKind.Key,
            Id = name,
            Name = name,
            Roles = [.. own.FindAll(own.RoleClaimType).Select(static claim => claim.Value)],
            Claims = CallerIdentity.Group(own.Claims.Select(static claim => (claim.Type, claim.Value))),
        },
        _ => null,
    };

    // Only configured sources count: a name that anybody can make up must not get a share of its own. And only for requests that were let
    // in, by the Functions host or by a key; otherwise strangers could use up the source's share.
    private static Caller? Source(HttpContext context, SluiceHost host) =>
        (host == SluiceHost.Functions || context.User.Identity?.IsAuthenticated == true)
        && context.Request.RouteValues["source"] is string name
        && context.RequestServices?.GetService<WebhookTable>()?.TryFind(name, out var source) == true
            ? new Caller { Kind = CallerKind.Source, Id = source.Name, Name = source.Name, Scopes = ScopesOf(context) }
            : null;

    private static Caller Unidentified(HttpContext context, SluiceHost host) => new()
    {
        Kind = host == SluiceHost.Functions || context.User.Identity?.IsAuthenticated == true ? CallerKind.Address : CallerKind.Anonymous,
        Id = Network(Address(context, host)),
        Scopes = ScopesOf(context),
    };

    private static IReadOnlySet<string> ScopesOf(HttpContext context) =>
        (context.User.Identity as CallerIdentity)?.Caller.Scopes ?? Caller.Unknown.Scopes;

    // The Functions host sets X-Forwarded-For and does not append to the client's value. With Kestrel in front, the field holds whatever
    // the client says (unless ASPNETCORE_FORWARDEDHEADERS_ENABLED copies the proxy's value to RemoteIpAddress).
    private static IPAddress? Address(HttpContext context, SluiceHost host) =>
        (host == SluiceHost.Functions ? Address(context, ForwardedFor) : null) ?? context.Connection.RemoteIpAddress;

    // The last of several addresses, with or without a port.
    private static IPAddress? Address(HttpContext context, string field) =>
        context.Request.Headers[field] is [.., { } said]
        && IPEndPoint.TryParse(said.AsSpan()[(said.LastIndexOf(',') + 1)..].Trim(), out var sender) ? sender.Address : null;

    private static string Network(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString() ?? "";
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
