using System.Diagnostics;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Multipart;

namespace Sluice.IntegrationTests.Lifetime;

/// <summary>A server that is asked to end (SIGTERM) in the middle of forms.</summary>
public sealed class FormShutdownTests(AzuriteFixture azurite)
{
    // Long enough for what is released at once to arrive on a busy machine, short enough to wait for.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_that_was_taken_may_finish_and_one_that_does_not_is_told_which_of_its_files_are_stored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var sluice = new Running(azurite);
        await sluice.InitializeAsync();
        using var quick = await HalfForm.BeginAsync(sluice, "quick", atomic: false, Framing.Chunked, HalfForm.Stop.Head);
        using var quickAtomic = await HalfForm.BeginAsync(sluice, "quick-atomic", atomic: true, Framing.Length, HalfForm.Stop.Head);
        using var slow = await HalfForm.BeginAsync(sluice, "slow", atomic: false, Framing.Chunked);
        using var slowAtomic = await HalfForm.BeginAsync(sluice, "slow-atomic", atomic: true, Framing.Length);
        using var between = await HalfForm.BeginAsync(sluice, "between", atomic: false, Framing.Length, HalfForm.Stop.Head);

        var began = Stopwatch.GetTimestamp();
        sluice.Server.Terminate();
        while (!sluice.Server.Output.Any(static line => line.Contains(
            "Shutting down: no longer ready; 5 active uploads", StringComparison.Ordinal)))
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancelled);

        // Their second file begins after the signal.
        foreach (var (form, prefix) in ((HalfForm, string)[])[(quick, "quick"), (quickAtomic, "quick-atomic")])
        {
            await form.FinishAsync();
            Assert.Equal("201: 201 1, 201 2", HalfForm.Reported(await form.Client.ReadAsync(Cancelled)));
            Assert.Equal(HalfForm.First, await ReadAsync(sluice, $"{prefix}/1"));
            Assert.Equal(HalfForm.Second, await ReadAsync(sluice, $"{prefix}/2"));
        }

        await AssertToldAsync(slow, "207: 201 1, 503 2 shutting-down");
        await AssertToldAsync(between, "207: 201 1; shutting-down");
        await AssertToldAsync(slowAtomic, "503 shutting-down");
        Assert.InRange(Stopwatch.GetElapsedTime(began), _grace - TimeSpan.FromMilliseconds(100), TimeSpan.MaxValue);
        Assert.Equal(0, await sluice.Server.ExitAsync());

        Assert.Equal(HalfForm.First, await ReadAsync(sluice, "slow/1"));
        Assert.Equal(HalfForm.First, await ReadAsync(sluice, "between/1"));
        foreach (var blob in (string[])["slow/2", "between/2", "slow-atomic/1", "slow-atomic/2"])
            Assert.Equal("nothing", await sluice.VisibleAsync(blob));
        Assert.DoesNotContain(sluice.Server.Output, static line => line.Contains("client-gone", StringComparison.Ordinal));
        Assert.DoesNotContain(
            sluice.Server.Output,
            static line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }

    // Whoever sends it again needs another connection, whatever the status.
    private static async Task AssertToldAsync(HalfForm form, string told)
    {
        var answer = await form.Client.ReadAsync(Cancelled);
        Assert.Equal(told, HalfForm.Reported(answer));
        Assert.Equal("close", answer.Header("Connection"));
        Assert.Equal(0, await form.Client.UntilClosedAsync(Cancelled));
    }

    private static async Task<byte[]> ReadAsync(SluiceFixture sluice, string blob) =>
        (await sluice.Container.GetBlobClient(blob).DownloadContentAsync(Cancelled)).Value.Content.ToArray();

    private sealed class Running(AzuriteFixture azurite) : SluiceFixture(
        azurite, ("Sluice:Blob:BlockBytes", "65536"), ("Sluice:Body:IdleTimeout", "00:10:00"),
        ("Sluice:Shutdown:GracePeriod", $"{_grace}"));
}
