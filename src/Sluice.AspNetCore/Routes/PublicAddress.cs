using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Routes;

/// <summary>
/// Where clients reach this service: for URLs that have to be absolute. The Functions host names the authority and the scheme that it was
/// reached by, and overwrites what a client says about them. Elsewhere it is what the request says. Behind a proxy that ends TLS,
/// <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> makes the proxy's scheme that of the request.
/// </summary>
/// <param name="host">What reads the client's connection.</param>
internal sealed class PublicAddress(SluiceHost host)
{
    /// <summary>The scheme and the authority; empty if the request does not say them.</summary>
    public string Of(HttpRequest request)
    {
        var isForwarded = host == SluiceHost.Functions;
        var scheme = isForwarded ? Forwarded(request, "X-Forwarded-Proto", request.Scheme) : request.Scheme;
        var authority = isForwarded ? Forwarded(request, "X-Forwarded-Host", request.Host.Value) : request.Host.Value;
        return Uri.TryCreate($"{scheme}://{authority}/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : "";
    }

    private static string? Forwarded(HttpRequest request, string field, string? otherwise) =>
        request.Headers[field].ToString() is { Length: > 0 } said ? said : otherwise;
}
