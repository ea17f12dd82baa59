using System.Net.Sockets;
using Sluice.AspNetCore.Routes;

namespace Sluice.Server;

/// <summary>
/// <c>Sluice.Server health</c> asks the server on the same machine whether it is alive, and exits with 0 or 1. Meant for an image's
/// HEALTHCHECK: a chiseled image has no shell and no curl.
/// </summary>
internal static class HealthProbe
{
    /// <summary>The first argument of the program.</summary>
    public const string Verb = "health";

    /// <summary>The probed path. It needs no key, as on every server.</summary>
    public const string Path = $"/{SluiceRoutes.Prefix}/{SluiceRoutes.Live}";

    /// <summary>Shorter than the time-out of HEALTHCHECK, so that this program reports what was wrong.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(4);

    /// <summary>Probes the server once.</summary>
    /// <param name="args">Configuration of the server that is not in the environment: <c>--urls=http://localhost:9000</c>.</param>
    /// <returns>The exit code: 0 if the server is alive, otherwise 1 after a line with the reason.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (ListenAddress.Local(Configuration(args)) is not { } server)
            return await FailAsync("The server has no address without TLS: say --urls=http://localhost:PORT.");
        var live = new Uri(server, Path);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = _timeout };
        try
        {
            using var answer = await client.GetAsync(live, HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode ? 0 : await FailAsync($"{live} answers {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return await FailAsync($"{live}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return await FailAsync($"{live} does not answer within {_timeout.TotalSeconds} s.");
        }
    }

    // In the order in which the server reads them.
    private static IConfigurationRoot Configuration(string[] args) => new ConfigurationBuilder()
        .AddEnvironmentVariables("ASPNETCORE_")
        .AddJsonFile(System.IO.Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(args)
        .Build();

    private static async Task<int> FailAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return 1;
    }
}
