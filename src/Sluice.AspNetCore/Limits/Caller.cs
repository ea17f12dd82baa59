using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Routes;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Limits;

/// <summary>
/// The caller that a request counts against, where shares and limits are per caller: the named key that authenticated it, the source of a
/// webhook, or the client's address. On Azure Functions the host checks keys and does not report which one was used.
/// </summary>
/// <param name="Name"><c>key:{name}</c>, <c>hook:{source}</c> or <c>address:{address}</c>.</param>
internal sealed record Caller(string Name)
{
    private const string ForwardedFor = "X-Forwarded-For";

    // A subscriber usually has all addresses of a /64 (RFC 6177): counted one by one, they would be as many callers.
    private const int NetworkBytes = 8;

    /// <summary>The caller that the request counts against; empty for a request that no endpoint has begun to handle.</summary>
    public static string Of(HttpContext context) => context.Features.Get<Caller>()?.Name ?? "";

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

        var caller = new Caller(
            context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } key } ? $"key:{key}"
            : Source(context, host) is { } source ? $"hook:{source}"
            : $"address:{Network(Address(context, host))}");
        context.Features.Set(caller);
        return caller;
    }

    // Only configured sources count: a name that anybody can make up must not get a share of its own. And only for requests that were let
    // in, by the Functions host or by a key; otherwise strangers could use up the source's share.
    private static string? Source(HttpContext context, SluiceHost host) =>
        (host == SluiceHost.Functions || context.User.Identity?.IsAuthenticated == true)
        && context.Request.RouteValues["source"] is string name
        && context.RequestServices?.GetService<WebhookTable>()?.TryFind(name, out var source) == true ? source.Name : null;

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
