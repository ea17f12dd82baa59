using System.Globalization;

namespace Sluice.Server;

/// <summary>Where the server listens, and where it is reached from the same machine or container.</summary>
internal static class ListenAddress
{
    private const string UrlsKey = "URLS";
    private const string PortsKey = "HTTP_PORTS";

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
        string[] keys = [UrlsKey, PortsKey, "HTTPS_PORTS"];
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

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // All addresses of a machine include the local one.
    private static Uri Local(BindingAddress url) =>
        url.Host is "+" or "*" or "0.0.0.0" or "[::]" ? Local(url.Port) : new UriBuilder(url.Scheme, url.Host, url.Port).Uri;

    private static Uri Local(int port) => new UriBuilder(Uri.UriSchemeHttp, "localhost", port).Uri;
}
