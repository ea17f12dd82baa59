using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// The components of a request that a signature can cover (RFC 9421, section 2): headers by their names, and what is derived from the
/// request line, by names that begin with <c>@</c>.
/// </summary>
internal static class RequestComponents
{
    private const string QueryParameter = "@query-param;";

    /// <summary>Returns a component whose text means something; null if it is absent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">Its name, as for <see cref="RawComponent"/>.</param>
    public static string? Component(this HttpRequest request, string name) =>
        request.RawComponent(name) is { } value ? HeaderText.Read(value) : null;

    /// <summary>Returns a component as it came, one character a byte; null if it is absent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">Its name; for a parameter of the query (section 2.2.8) followed by <c>;</c> and the encoded name of it.</param>
    public static string? RawComponent(this HttpRequest request, string name) => name switch
    {
        ['@', ..] => Derived(request, name),

        // The lines of a header, in their order (section 2.1).
        _ => request.Headers.TryGetValue(name, out var lines) ? string.Join(", ", lines.ToArray()) : null,
    };

    private static string? Derived(HttpRequest request, string name) => name switch
    {
        "@method" => request.Method,
        "@scheme" => request.Scheme.ToLowerInvariant(),
        "@authority" => Authority(request),
        "@target-uri" => $"{request.Scheme.ToLowerInvariant()}://{Authority(request)}{Target(request)}",
        "@request-target" => Target(request),
        "@path" => Target(request).Split('?', 2)[0],
        "@query" => Query(request),
        _ when name.StartsWith(QueryParameter, StringComparison.Ordinal) => Parameter(request, name[QueryParameter.Length..]),
        _ => null,
    };

    // As it came, with its percent-encoding.
    private static string Target(HttpRequest request) => request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] raw
        ? raw
        : $"{request.PathBase}{request.Path}{request.QueryString}";

    // Section 2.2.3: lower case, and no default port.
    private static string Authority(HttpRequest request)
    {
        var host = request.Host;
        var isDefault = host.Port is null || (host.Port == 443 && request.IsHttps) || (host.Port == 80 && !request.IsHttps);
        return (isDefault ? host.Host : host.Value!).ToLowerInvariant();
    }

    // Section 2.2.7: the question mark is part of it, and stands alone if there is none.
    private static string Query(HttpRequest request)
    {
        var target = Target(request);
        var at = target.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? "?" : target[at..];
    }

    // Section 2.2.8: decoded and encoded again, as in forms. One that occurs twice can be read in two ways, and is none.
    private static string? Parameter(HttpRequest request, string encoded) =>
        request.Query[Uri.UnescapeDataString(encoded)] is [{ } only]
            ? Uri.EscapeDataString(only).Replace("~", "%7E", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal)
            : null;
}
