using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A server whose memory is all on its way to storage for longer than clients are kept waiting.</summary>
public sealed class OverBudgetRefusalTests(OverBudgetRefusalTests.Fixture sluice) : IClassFixture<OverBudgetRefusalTests.Fixture>
{
    // Longer than the second that curl waits for a 100 before it sends all the same.
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.Length)]
    public async Task The_next_is_told_to_come_again_before_it_has_sent_anything(Framing framing)
    {
        var (holder, release) = await sluice.HoldAsync($"holder-{framing}");
        using var next = await sluice.ConnectAsync();
        await next.SendHeadAsync(sluice.PathOf($"next-{framing}"), [framing.Header(10_000_000), "Expect: 100-continue"], Cancelled);
        var answer = await next.ReadAsync(Cancelled);
        Assert.Equal("503 over-budget admit sluice", $"{answer.Problem} {answer.Text("phase")} {answer.Text("party")}");
        Assert.Equal("3", answer.Header("Retry-After"));
        Assert.Equal("close", answer.Header("Connection"));
        await sluice.FinishAsync(holder, release, $"holder-{framing}");
    }

    [Fact]
    public async Task A_curl_that_has_lost_patience_and_sends_still_sees_the_answer()
    {
        Assert.SkipUnless(CurlProcess.IsThere, "There is no curl here.");
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, TestBody.Of(20_000_000), Cancelled);
        var (holder, release) = await sluice.HoldAsync("holder-of-curl");
        using var curl = CurlProcess.Start(
            "-T", file, "--write-out", "%{stderr}status %{http_code}", new Uri(sluice.Server.Address, sluice.PathOf("curl")).ToString());
        var (exitCode, output, log) = await curl.ToEndAsync(Cancelled);
        File.Delete(file);
        Assert.True(
            log.Contains("status 503", StringComparison.Ordinal) && output.Contains("over-budget", StringComparison.Ordinal),
            $"{exitCode}\n{output}\n{log}");
        await sluice.FinishAsync(holder, release, "holder-of-curl");
    }

    public sealed class Fixture(AzuriteFixture azurite) : OverBudgetFixture(azurite, _wait);
}
