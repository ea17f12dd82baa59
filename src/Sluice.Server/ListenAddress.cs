using System.Globalization;
using System.Net;

namespace Sluice.Server;

/// <summary>Where the server listens, and where it is reached from the same machine or container.</summary>
internal static class ListenAddress
{
    private const string UrlsKey = "URLS";
    private const string PortsKey = "HTTP_PORTS";
    private const string SecurePortsKey = "HTTPS_PORTS";

    /// <summary>The port that <c>func start</c> uses, so that every example works on both hosts.</summary>
    public static Uri Default { get; } = new("http://localhost:7071");

    /// <summary>Listens at <see cref="Default"/> unless something is configured.</summary>
    /// <remarks>
    /// In code: what appsettings.json says wins over ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS, and the second is how the
    /// images of ASP.NET Core say 8080.
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

    /// <summary>How a process beside the server reaches it: the first address without TLS; null if there is none.</summary>
    /// <param name="configuration">The server's.</param>
    public static Uri? Local(IConfiguration configuration)
    {
        if (configuration[UrlsKey] is { Length: > 0 } urls)
            return Split(urls).Select(Local).FirstOrDefault(static url => url is not null);
        return configuration[PortsKey] is { Length: > 0 } ports
            ? Split(ports).Select(static port => At("localhost", port)).FirstOrDefault(static url => url is not null)
            : Default;
    }

    /// <summary>The first setting that names an address which other machines reach; null where there is none.</summary>
    /// <param name="configuration">The server's.</param>
    public static string? Beyond(IConfiguration configuration)
    {
        // Endpoints win over addresses (unless PREFERHOSTINGURLS says otherwise), and addresses over ports, which are on all addresses. What does not win is looked at
        // too: it may by the next setting.
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList();
        return endpoints.Where(static endpoint => !IsLoopback(endpoint["Url"] ?? "")).Select(static endpoint => $"{endpoint.Path}:Url").FirstOrDefault()
            ?? (configuration[UrlsKey] is { Length: > 0 } urls ? Split(urls).All(IsLoopback) ? null : UrlsKey
                : endpoints.Count > 0 ? null
                : ((string[])[PortsKey, SecurePortsKey]).FirstOrDefault(key => !string.IsNullOrEmpty(configuration[key])));
    }

    // Any name but localhost is all addresses (docs: Configure endpoints for the ASP.NET Core Kestrel web server). A socket of a file system is on this machine.
    private static bool IsLoopback(string url) =>
        Parse(url) is not { } address || address.IsUnixPipe || address.IsNamedPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    // Null for what is none: Kestrel says what is wrong with it.
    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            // The second is for http://unix:/tmp/ (.NET 10.0.12).
            return null;
        }
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // All addresses of a machine include the local one. A socket of a file system has no address that HTTP could be asked at.
    private static Uri? Local(string listened)
    {
        if (Parse(listened) is not { IsUnixPipe: false, IsNamedPipe: false } address || !address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase))
            return null;
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        var url = At(IsAny(address.Host) ? "localhost" : address.Host, port);
        return url is not null && IsAny(url.Host) ? At("localhost", port) : url;
    }

    // Asked for the host as it is written and as Uri reads it, which leaves out what is not seen (U+202E) and knows other ways to write a number.
    private static bool IsAny(string host) => host is "+" or "*" || (IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));

    private static Uri? At(string host, string port) =>
        Uri.TryCreate($"{Uri.UriSchemeHttp}://{host}:{port}", UriKind.Absolute, out var url) && url is { UserInfo: "", PathAndQuery: "/", Fragment: "" } ? url : null;
}
