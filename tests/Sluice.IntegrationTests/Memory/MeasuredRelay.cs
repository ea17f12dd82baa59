using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Memory;

/// <summary>A process that relays, whose memory is measured, and the service that it relays to, which is in the process of the tests.</summary>
internal sealed class MeasuredRelay : IAsyncDisposable
{
    private readonly ServerProcess _server;
    private readonly ScriptedService _service;
    private readonly HttpClient _client;

    private MeasuredRelay(ServerProcess server, ScriptedService service) => (_server, _service, _client) = (server, service, server.CreateClient());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A process that has not answered any request.</summary>
    public static async Task<MeasuredRelay> FreshAsync(AzuriteFixture azurite)
    {
        var service = await ScriptedService.StartAsync();
        var settings = new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = ["none"],
            More = new Dictionary<string, string>
            {
                ["Sluice:Relay:Targets:http1:Address"] = $"{service.Address()}",
                ["Sluice:Relay:Targets:http1:HttpVersion"] = "Http11",
                ["Sluice:Relay:Targets:http2:Address"] = $"{service.Address(2)}",
                ["Sluice:Relay:Targets:http2:HttpVersion"] = "Http2",
            },
        };
        return new MeasuredRelay(await ServerProcess.StartAsync(settings, Cancelled), service);
    }

    /// <summary>As <see cref="MeasuredWorker.MeasureAsync"/>.</summary>
    public async Task<MemoryReading> MeasureAsync(string work, Func<Task> run)
    {
        await using var probe = await MemoryProbe.StartAsync(_server.ProcessId, Cancelled);
        await run();
        var reading = await probe.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{work}: {reading}");
        return reading;
    }

    /// <summary>Relays a generated body, and compares what the service says of it.</summary>
    public async Task SendAsync(int http, long bytes, Framing framing, ulong seed)
    {
        using var body = new GeneratedBody(bytes, seed);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/relay/http{http}/{_service.At(Scripts.Echo)}") { Content = new StreamContent(body, 64 * 1024) };
        request.Content.Headers.ContentLength = framing == Framing.ContentLength ? bytes : null;
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;
        using var answer = await _client.SendAsync(request, Cancelled);
        Assert.Equal($"{bytes} {Convert.ToHexString(Convert.FromBase64String(body.Sha256!))}", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _service.DisposeAsync();
    }
}
