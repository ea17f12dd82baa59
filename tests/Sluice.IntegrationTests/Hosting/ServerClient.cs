using Sluice.IntegrationTests.Contract;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>Clients of the servers under test. Every answer must be one that docs/openapi.json describes.</summary>
internal static class ServerClient
{
    /// <summary>A client of a server's first address with no time-out, no proxy and connections of its own.</summary>
    public static HttpClient CreateClient(this ServerProcess server) => Create(server.Address);

    /// <summary>A client with no time-out and connections of its own.</summary>
    /// <param name="address">Where it sends relative addresses.</param>
    /// <param name="connections">Its connections; without any, those of a client that uses no proxy.</param>
    public static HttpClient Create(Uri? address = null, SocketsHttpHandler? connections = null) =>
        new(new ContractHandler(connections ?? new SocketsHttpHandler { UseProxy = false }))
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan
        };
}
