using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A server whose memory is all on its way to storage, which takes its time, and more clients.</summary>
public sealed class OverBudgetTests(OverBudgetTests.Fixture sluice) : IClassFixture<OverBudgetTests.Fixture>
{
    // Those that wait here are served in the end.
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(0.5);

    private const int BlockBytes = OverBudgetFixture.BlockBytes;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_gets_through_when_it_waits_long_enough()
    {
        var (holder, release) = await sluice.HoldAsync("holder");
        using var next = await sluice.ConnectAsync();
        await next.SendHeadAsync(sluice.PathOf("next"), [Framing.Length.Header(5), "Expect: 100-continue"], Cancelled);
        Assert.True(await next.IsSilentAsync(_silence, Cancelled));
        await sluice.FinishAsync(holder, release, "holder");
        Assert.Equal(100, (await next.ReadAsync(Cancelled)).Status);
        await next.SendAsync("hello", Cancelled);
        await sluice.AssertStoredAsync("next", "hello"u8.ToArray(), await next.ReadAsync(Cancelled));
    }

    [Fact]
    public async Task One_that_leaves_the_line_does_not_keep_its_place()
    {
        var (holder, release) = await sluice.HoldAsync("holder-of-two");
        using (var impatient = await sluice.ConnectAsync())
        {
            await impatient.SendHeadAsync(sluice.PathOf("impatient"), [Framing.Length.Header(5), "Expect: 100-continue"], Cancelled);
            Assert.True(await impatient.IsSilentAsync(_silence, Cancelled));
            impatient.Reset();
        }
        Assert.StartsWith(
            "client-gone: impatient was abandoned in Admit", await sluice.OutcomeAsync("impatient"), StringComparison.Ordinal);
        await sluice.FinishAsync(holder, release, "holder-of-two");
        await sluice.AssertHealthyAsync();
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

    public sealed class Fixture(AzuriteFixture azurite) : OverBudgetFixture(azurite, SluiceFixture.Patience);
}
