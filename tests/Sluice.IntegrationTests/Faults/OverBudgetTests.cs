using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A server whose memory is all on its way to storage, which takes its time, and more clients.</summary>
public sealed class OverBudgetTests(OverBudgetTests.Fixture sluice) : IClassFixture<OverBudgetTests.Fixture>
{
    // Longer than the second that curl waits for a 100 before it sends all the same.
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(2);

    private const int BlockBytes = TestBody.Mib / 2;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.Length)]
    public async Task The_next_is_told_to_come_again_before_it_has_sent_anything(Framing framing)
    {
        var (holder, release) = await HoldAsync($"holder-{framing}");
        using var next = await sluice.ConnectAsync();
        await next.SendHeadAsync(sluice.PathOf($"next-{framing}"), [framing.Header(10_000_000), "Expect: 100-continue"], Cancelled);
        var answer = await next.ReadAsync(Cancelled);
        Assert.Equal("503 over-budget admit sluice", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.Equal("3", answer.Header("Retry-After"));
        Assert.Equal("close", answer.Header("Connection"));
        await FinishAsync(holder, release, $"holder-{framing}");
    }

    [Fact]
    public async Task The_next_gets_through_when_it_waits_long_enough()
    {
        var (holder, release) = await HoldAsync("holder");
        using var next = await sluice.ConnectAsync();
        await next.SendHeadAsync(sluice.PathOf("next"), [Framing.Length.Header(5), "Expect: 100-continue"], Cancelled);
        Assert.True(await next.IsSilentAsync(_wait / 4, Cancelled));
        await FinishAsync(holder, release, "holder");
        Assert.Equal(100, (await next.ReadAsync(Cancelled)).Status);
        await next.SendAsync("hello", Cancelled);
        await sluice.AssertStoredAsync("next", "hello"u8.ToArray(), await next.ReadAsync(Cancelled));
    }

    [Fact]
    public async Task One_that_leaves_the_line_does_not_keep_its_place()
    {
        var (holder, release) = await HoldAsync("holder-of-two");
        using (var impatient = await sluice.ConnectAsync())
        {
            await impatient.SendHeadAsync(sluice.PathOf("impatient"), [Framing.Length.Header(5), "Expect: 100-continue"], Cancelled);
            Assert.True(await impatient.IsSilentAsync(_wait / 4, Cancelled));
            impatient.Reset();
        }
        Assert.StartsWith("client-gone: impatient was left in Admit", await sluice.OutcomeAsync("impatient"), StringComparison.Ordinal);
        await FinishAsync(holder, release, "holder-of-two");
        await sluice.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_curl_that_has_lost_patience_and_sends_still_sees_the_answer()
    {
        Assert.SkipUnless(CurlProcess.IsThere, "There is no curl here.");
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, TestBody.Of(20_000_000), Cancelled);
        var (holder, release) = await HoldAsync("holder-of-curl");
        using var curl = CurlProcess.Start("-T", file, "--write-out", "%{stderr}status %{http_code}", new Uri(sluice.Server.Address, sluice.PathOf("curl")).ToString());
        var (exitCode, output, log) = await curl.ToEndAsync(Cancelled);
        File.Delete(file);
        Assert.True(log.Contains("status 503", StringComparison.Ordinal) && output.Contains("over-budget", StringComparison.Ordinal), $"{exitCode}\n{output}\n{log}");
        await FinishAsync(holder, release, "holder-of-curl");
    }

    [Fact]
    public async Task What_a_client_has_sent_so_far_keeps_nobody_out()
    {
        // Nearly all memory, for as long as nobody else wants it.
        using var slow = await sluice.BeginAsync("slow", Framing.Chunked.Header(0));
        var part = TestBody.Of(BlockBytes - 1000);
        await slow.SendChunkAsync(part, Cancelled);
        var (body, others) = (TestBody.Of(2 * BlockBytes), Enumerable.Range(0, 4).Select(static at => $"beside-{at}").ToList());

        var answers = await Task.WhenAll(others.Select(other => sluice.PutAsync(other, body)));

        foreach (var (other, answer) in others.Zip(answers))
            await sluice.AssertStoredAsync(other, body, answer);
        await slow.SendChunkAsync(default, Cancelled);
        await sluice.AssertStoredAsync("slow", part, await slow.ReadAsync(Cancelled));
    }

    private static byte[] HeldBody { get; } = TestBody.Of(TestBody.Mib);

    private async Task<(RawClient Client, TaskCompletionSource Release)> HoldAsync(string blob)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sluice.Storage.Fail(StorageOperation.PutBlock, blob, StorageFaults.Hold(release.Task));
        var client = await sluice.BeginAsync(blob, Framing.Chunked.Header(0));
        await client.SendChunkAsync(HeldBody, Cancelled);
        await sluice.UntilAskedAsync(StorageOperation.PutBlock, blob, HeldBody.Length / BlockBytes);
        return (client, release);
    }

    private async Task FinishAsync(RawClient holder, TaskCompletionSource release, string blob)
    {
        release.SetResult();
        await holder.SendChunkAsync(default, Cancelled);
        await sluice.AssertStoredAsync(blob, HeldBody, await holder.ReadAsync(Cancelled));
        holder.Dispose();
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite, ("Sluice:Memory:BudgetBytes", $"{TestBody.Mib}"), ("Sluice:Blob:BlockBytes", $"{BlockBytes}"), ("Sluice:Memory:WaitTimeout", $"{_wait:c}"));
}
