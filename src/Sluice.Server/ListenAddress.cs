using System.Globalization;
using System.Net;

namespace Sluice.Server;

/// <summary>The address that the server listens on, and how to reach it from the same machine or container.</summary>
internal static class ListenAddress
{
    private const string UrlsKey = "URLS";
    private const string PortsKey = "HTTP_PORTS";
    private const string SecurePortsKey = "HTTPS_PORTS";

    /// <summary>The port that <c>func start</c> uses, so that every example works on both hosts.</summary>
    public static Uri Default { get; } = new("http://localhost:7071");

    /// <summary>Listens on <see cref="Default"/> unless an address is configured.</summary>
    /// <remarks>
    /// Set in code: a value in appsettings.json would win over ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS, and the images of ASP.NET Core
    /// set port 8080 with the second.
    /// </remarks>
    public static void UseDefault(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        string[] keys = [UrlsKey, PortsKey, SecurePortsKey];
        if (keys.All(key => string.IsNullOrEmpty(configuration[key])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Default.GetLeftPart(UriPartial.Authority));
        }
    }

    /// <summary>How a process on the same machine reaches the server: the first address without TLS; null if there is none.</summary>
    /// <param name="configuration">The server's configuration.</param>
    public static Uri? Local(IConfiguration configuration)
    {
        if (configuration[UrlsKey] is { Length: > 0 } urls)
            return Split(urls).Select(Local).FirstOrDefault(static url => url is not null);
        return configuration[PortsKey] is { Length: > 0 } ports
            ? Split(ports).Select(static port => At("localhost", port)).FirstOrDefault(static url => url is not null)
            : Default;
    }

    /// <summary>The first setting with an address that other machines can reach; null if there is none.</summary>
    /// <param name="configuration">The server's configuration.</param>
    public static string? Beyond(IConfiguration configuration)
    {
        // Endpoints take precedence over addresses (unless PREFERHOSTINGURLS says otherwise), and addresses over ports, which listen on all
        // addresses. Settings without precedence are checked too: the next change of a setting may give it to them.
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList();
        return endpoints.Where(static endpoint => !IsLoopback(endpoint["Url"] ?? ""))
            .Select(static endpoint => $"{endpoint.Path}:Url")
            .FirstOrDefault()
            ?? (configuration[UrlsKey] is { Length: > 0 } urls ? Split(urls).All(IsLoopback) ? null : UrlsKey
                : endpoints.Count > 0 ? null
                : ((string[])[PortsKey, SecurePortsKey]).FirstOrDefault(key => !string.IsNullOrEmpty(configuration[key])));
    }

    // Any name but localhost means all addresses (docs: Configure endpoints for the ASP.NET Core Kestrel web server). A Unix domain socket
    // is local to this machine.
    private static bool IsLoopback(string url) =>
        Parse(url) is not { } address || address.IsUnixPipe || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    // Null for an invalid address: Kestrel reports what is wrong with it.
    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            // The second condition is for http://unix:/tmp/ (.NET 10.0.12).
            return null;
        }
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // All addresses of a machine include the local one. A Unix domain socket has no address for an HTTP request.
    private static Uri? Local(string listened)
    {
        if (Parse(listened) is not { IsUnixPipe: false, IsNamedPipe: false } address
            || !address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase))
            return null;
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        var url = At(IsAny(address.Host) ? "localhost" : address.Host, port);
        return url is not null && IsAny(url.Host) ? At("localhost", port) : url;
    }

    // Checks the host both as written and as Uri parses it, which drops invisible characters (U+202E) and accepts other notations of a
    // number.
    private static bool IsAny(string host) =>
        host is "+" or "*" || (IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));

    private static Uri? At(string host, string port) =>
        Uri.TryCreate($"{Uri.UriSchemeHttp}://{host}:{port}", UriKind.Absolute, out var url)
        && url is { UserInfo: "", PathAndQuery: "/", Fragment: "" } ? url : null;
}
