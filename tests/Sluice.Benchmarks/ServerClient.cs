using Sluice.IntegrationTests.Hosting;

namespace Sluice.Benchmarks;

/// <summary>Clients of the servers that are measured.</summary>
internal static class ServerClient
{
    /// <summary>A client of a server's first address with no time-out, no proxy and connections of its own.</summary>
    public static HttpClient CreateClient(this ServerProcess server) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
}
