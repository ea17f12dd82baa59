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

    /// <summary>How a process beside the server reaches it: the first address without TLS; null if all are with it.</summary>
    /// <param name="configuration">The server's.</param>
    public static Uri? Local(IConfiguration configuration)
    {
        if (configuration[UrlsKey] is { Length: > 0 } urls)
            return Split(urls).Select(BindingAddress.Parse).Where(static url => url.Scheme == Uri.UriSchemeHttp).Select(Local).FirstOrDefault();
        return configuration[PortsKey] is { Length: > 0 } ports
            ? Local(int.Parse(Split(ports)[0], CultureInfo.InvariantCulture))
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
    private static bool IsLoopback(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            // Kestrel says what is wrong with it.
            return true;
        }
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // All addresses of a machine include the local one.
    private static Uri Local(BindingAddress url) =>
        url.Host is "+" or "*" or "0.0.0.0" or "[::]" ? Local(url.Port) : new UriBuilder(url.Scheme, url.Host, url.Port).Uri;

    private static Uri Local(int port) => new UriBuilder(Uri.UriSchemeHttp, "localhost", port).Uri;
}
