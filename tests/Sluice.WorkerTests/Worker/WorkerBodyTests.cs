using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Worker;

/// <summary>When the host calls the worker, and when it passes an answer on: docs/platform-limits.md has these rows.</summary>
public sealed class WorkerBodyTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private const int Half = 100_000;

    // Longer than the worker needs to answer.
    private static readonly TimeSpan _while = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HostedWorker Worker => fixture.Worker;

    [Fact]
    public async Task A_body_with_a_length_is_read_whole_before_the_worker_is_called()
    {
        var before = Calls();
        using var client = await BeginAsync(Worker.PathOf("sized"), Worker.Host.Key, $"Content-Length: {2 * Half}");
        await client.SendAsync(TestBody.Of(Half), Cancelled);
        Assert.True(await client.IsSilentAsync(_while, Cancelled));
        Assert.Equal(before, Calls());

        await client.SendAsync(TestBody.Of(Half), Cancelled);
        Assert.Equal(201, (await client.ReadAsync(Cancelled)).Status);
        Assert.Equal(before + 1, Calls());
    }

    [Fact]
    public async Task A_chunked_body_streams_from_end_to_end()
    {
        var before = Calls();
        using var client = await BeginAsync(Worker.PathOf("chunked"), Worker.Host.Key, "Transfer-Encoding: chunked");
        await client.SendChunkAsync(TestBody.Of(Half), Cancelled);
        await Worker.UntilAsync(_ => Calls() > before);

        await client.SendChunkAsync(default, Cancelled);
        Assert.Equal(201, (await client.ReadAsync(Cancelled)).Status);
    }

    [Fact]
    public async Task A_key_is_checked_before_the_body_is_read()
    {
        using var client = await BeginAsync(Worker.PathOf("stranger"), "wrong", $"Content-Length: {Half}");
        var answer = await client.ReadAsync(Cancelled);
        Assert.Equal((401, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task No_byte_of_an_answer_is_passed_on_before_the_body_has_ended()
    {
        var before = Calls();
        using var client = await BeginAsync("/api/blobs/no-such-container/x", Worker.Host.Key, "Transfer-Encoding: chunked");
        await client.SendChunkAsync(TestBody.Of(Half), Cancelled);
        await Worker.UntilAsync(_ => Calls() > before);
        Assert.True(await client.IsSilentAsync(_while, Cancelled));

        await client.SendChunkAsync(default, Cancelled);
        Assert.Equal(404, (await client.ReadAsync(Cancelled)).Status);
    }

    [Fact]
    public async Task A_client_that_waits_for_100_is_told_to_go_on_by_the_first_read()
    {
        using var client = await BeginAsync(Worker.PathOf("expects"), Worker.Host.Key, "Transfer-Encoding: chunked", "Expect: 100-continue");
        Assert.Equal(100, (await client.ReadAsync(Cancelled)).Status);
        await client.SendChunkAsync(TestBody.Of(Half), Cancelled);
        await client.SendChunkAsync(default, Cancelled);
        Assert.Equal(201, (await client.ReadAsync(Cancelled)).Status);

        using var refused = await BeginAsync(
            "/api/blobs/no-such-container/x", Worker.Host.Key, "Transfer-Encoding: chunked", "Expect: 100-continue");
        Assert.Equal(404, (await refused.ReadAsync(Cancelled)).Status);
    }

    private int Calls() => Worker.Host.Logs.Count(static line => line.Message == "Executing 'Functions.StoreBlob'");

    private async Task<RawClient> BeginAsync(string path, string key, params string[] headers)
    {
        var client = await RawClient.ConnectAsync(Worker.Host.Address, Cancelled);
        await client.SendHeadAsync(path, [$"x-functions-key: {key}", .. headers], Cancelled);
        return client;
    }
}
