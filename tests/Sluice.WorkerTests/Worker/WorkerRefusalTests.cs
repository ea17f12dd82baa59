using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Memory;
using Framing = Sluice.IntegrationTests.Memory.Framing;

namespace Sluice.IntegrationTests.Worker;

/// <summary>
/// Refusals: the host sends the whole body before it reads an answer, and says 500 when it can't.
/// Of a client that stalls, that is all there is to have.
/// </summary>
public sealed class WorkerRefusalTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task A_refusal_of_a_large_body_arrives(Framing framing)
    {
        await using var worker = await HostedWorker.StartAsync(
            azurite, new Dictionary<string, string> { ["Sluice:Body:MaxBytes"] = "1000000" });

        Assert.Equal((404, "container-unknown"), await RefuseAsync(worker, "/api/blobs/no-such-container/x", framing));
        Assert.Equal((413, "body-too-large"), await RefuseAsync(worker, worker.PathOf("x"), framing));
        Assert.Equal((404, "target-unknown"), await RefuseAsync(worker, "/api/relay/nobody/x", framing));
    }

    // What is set wins over what the host needs.
    [Fact]
    public async Task A_refusal_does_not_arrive_where_less_is_read()
    {
        await using var worker = await HostedWorker.StartAsync(
            azurite, new Dictionary<string, string> { ["Sluice:Body:DrainBytes"] = "1000000" });
        using var body = new GeneratedBody(Requirement.BodyBytes, seed: 1);
        using var request = Put("/api/blobs/no-such-container/x", body, Framing.Chunked);

        try
        {
            Assert.Equal((500, ""), await AskAsync(worker, request));
        }
        catch (HttpRequestException)
        {
            // It was still sending when the connection was closed under it.
        }

        Assert.Contains(
            worker.Host.Logs,
            static line => line.Level == "Error" && line.Message.Contains("could not be forwarded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_stalls_is_told_nothing_when_the_host_loses_patience()
    {
        await using var worker = await HostedWorker.StartAsync(azurite, with: static host => host with { ForwardTimeout = _short });
        Assert.Equal((500, ""), await worker.StallAsync("x", TestBody.Mib));
        Assert.False(await worker.Container.GetBlobClient("x").ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task A_client_that_stalls_is_told_nothing_when_the_worker_loses_patience()
    {
        await using var worker = await HostedWorker.StartAsync(azurite, new Dictionary<string, string>
        {
            ["Sluice:Body:IdleTimeout"] = $"{_short}",
            ["Sluice:Body:DrainTimeout"] = $"{_short}",
        }, static host => host with { ForwardTimeout = 5 * _short });
        Assert.Equal((500, ""), await worker.StallAsync("x", TestBody.Mib));
    }

    // The host does not send the head on before it has a few thousand bytes of the body,
    // and the worker waits for the request of an invocation for 5 s.
    [Fact]
    public async Task A_body_that_begins_slowly_never_gets_to_the_function()
    {
        await using var worker = await HostedWorker.StartAsync(azurite);
        Assert.Equal((500, ""), await worker.StallAsync("x", 1));
    }

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task A_body_over_the_hosts_limit_is_a_500(Framing framing)
    {
        await using var worker = await HostedWorker.StartAsync(
            azurite, new Dictionary<string, string> { ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "1000000" });
        await worker.PutAsync("fits", 900_000, framing, seed: 1);
        using var request = new HttpRequestMessage(HttpMethod.Put, worker.PathOf("x"))
        {
            Content = new ByteArrayContent(TestBody.Of(1_000_001))
        };
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;

        Assert.Equal((500, ""), await AskAsync(worker, request));
    }

    private static async Task<(int Status, string? Problem)> RefuseAsync(HostedWorker worker, string path, Framing framing)
    {
        using var body = new GeneratedBody(Requirement.BodyBytes, seed: 1);
        using var request = Put(path, body, framing);
        var (status, text) = await AskAsync(worker, request);
        return (status, System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("type").GetString()?.Split('/', ':', '#')[^1]);
    }

    private static HttpRequestMessage Put(string path, GeneratedBody body, Framing framing)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StreamContent(body, 64 * 1024) };
        request.Content.Headers.ContentLength = framing == Framing.ContentLength ? Requirement.BodyBytes : null;
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;
        return request;
    }

    // Whatever HttpClient makes of a body that it can't send to its end.
    private static async Task<(int Status, string Body)> AskAsync(HostedWorker worker, HttpRequestMessage request)
    {
        using var answer = await worker.Client.SendAsync(request, Cancelled).WaitAsync(SluiceFixture.Patience, Cancelled);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
