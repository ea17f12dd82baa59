using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Memory;

/// <summary>
/// The requirement for bodies that are relayed, or stored and relayed: a service in another process, spoken to in HTTP/1.1 and in HTTP/2.
/// </summary>
public sealed class RelayStreamingTests(AzuriteFixture azurite)
{
    private const long Mib = 1 << 20;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, Framing.Chunked)]
    [InlineData(1, Framing.ContentLength)]
    [InlineData(2, Framing.Chunked)]
    [InlineData(2, Framing.ContentLength)]
    public async Task The_first_relayed_request_and_the_later_ones_stay_within_the_limit(int http, Framing framing)
    {
        Requirement.LeaveOutOnFunctions(http == 2 || framing == Framing.ContentLength);
        await using var service = await ScriptedService.StartAsync();
        await using var server = await StartAsync(service);
        Requirement.Holds(await MeasureAsync(
            server, $"first request, relay 100 MB, {framing}, HTTP/{http} upstream", $"relay/http{http}/in", Requirement.BodyBytes,
            framing));
        await SendAsync(server, $"relay/http{http}/in", Requirement.BodyBytes, framing);
        await SendAsync(server, $"relay/http{http}/in", Requirement.BodyBytes, framing);
        var warm = await MeasureAsync(
            server, $"warm, relay 100 MB, {framing}, HTTP/{http} upstream", $"relay/http{http}/in", Requirement.BodyBytes, framing);
        Assert.InRange(warm.DeltaBytes, 0, Mib);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_gigabyte_takes_no_more_than_a_hundred_megabytes(int http)
    {
        Requirement.LeaveOutOnFunctions(http == 2);
        await using var service = await ScriptedService.StartAsync();
        await using var server = await StartAsync(service);
        var path = $"relay/http{http}/in";
        for (var i = 0; i < 3; i++)
            await SendAsync(server, path, Requirement.BodyBytes, Framing.Chunked);
        var large = await MeasureAsync(
            server, $"warm, relay {Requirement.LargeBodyBytes / Requirement.Megabyte} MB, HTTP/{http} upstream", path,
            Requirement.LargeBodyBytes, Framing.Chunked);
        Assert.InRange(large.DeltaBytes, 0, 2 * Mib);
    }

    [Fact]
    public async Task A_tee_stays_within_the_limit_though_the_service_is_slow()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var server = await StartAsync(service);
        var slow = service.At(static async (context, exchange) =>
        {
            for (long before = -1; exchange.Bytes != before;)
            {
                before = exchange.Bytes;
                await exchange.ReadAsync(before + Mib);
                await Task.Delay(TimeSpan.FromMilliseconds(50), context.RequestAborted);
            }

            await Scripts.WriteAsync(context, $"{exchange.Bytes} {exchange.Sha256}");
        });
        Requirement.Holds(await MeasureAsync(
            server, "first request, 100 MB into a blob and to a service that reads 20 MB/s", $"ingest/{slow}", Requirement.BodyBytes,
            Framing.Chunked));
        Assert.Equal(Requirement.BodyBytes, (await service.SeenAsync(slow)).Bytes);
    }

    private async Task<ServerProcess> StartAsync(ScriptedService service)
    {
        var container = await azurite.NewContainerAsync();
        return await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = azurite.ConnectionString,
                Containers = [container.Name],
                IsMeasured = true,
                More = new Dictionary<string, string>
                {
                    ["Sluice:Relay:Targets:http1:Address"] = $"{service.Address()}",
                    ["Sluice:Relay:Targets:http2:Address"] = $"{service.Address(2)}",
                    ["Sluice:Relay:Targets:http2:HttpVersion"] = "Http2",
                    ["Sluice:Routes:0:Name"] = "tee",
                    ["Sluice:Routes:0:Store:Container"] = container.Name,
                    ["Sluice:Routes:0:Relay:Target"] = "http1",
                },
            },
            Cancelled);
    }

    private static async Task<MemoryReading> MeasureAsync(ServerProcess server, string work, string path, long bytes, Framing framing)
    {
        await using var probe = await MemoryProbe.StartAsync(server.ProcessId, Cancelled);
        await SendAsync(server, path, bytes, framing);
        var reading = await probe.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{work}: {reading}");
        return reading;
    }

    private static async Task SendAsync(ServerProcess server, string path, long bytes, Framing framing)
    {
        using var client = server.CreateClient();
        using var body = new GeneratedBody(bytes, seed: 7);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/{path}") { Content = new StreamContent(body, 64 * 1024) };
        request.Content.Headers.ContentLength = framing == Framing.ContentLength ? bytes : null;
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;
        using var answer = await client.SendAsync(request, Cancelled);
        var told = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {told}");
        Assert.Contains(
            path.StartsWith("relay", StringComparison.Ordinal)
                ? $"{bytes} {Convert.ToHexString(Convert.FromBase64String(body.Sha256!))}"
                : body.Sha256!, told, StringComparison.Ordinal);
    }
}
