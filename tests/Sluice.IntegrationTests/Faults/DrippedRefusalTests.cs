using System.Diagnostics;
using System.Net.Sockets;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A client that sends a refused body a byte at a time, so that it is the time that ends it, and not the bytes.</summary>
public sealed class DrippedRefusalTests(DrippedRefusalTests.Fixture sluice) : IClassFixture<DrippedRefusalTests.Fixture>
{
    // Kestrel alone would read on for 5 s: what takes longer than that is ours.
    private static readonly TimeSpan _drainTimeout = TimeSpan.FromSeconds(8);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_body_that_drips_is_cut()
    {
        using var client = await sluice.ConnectAsync();
        var began = Stopwatch.GetTimestamp();
        await client.SendHeadAsync("/api/blobs/not-open-here/x", [Framing.Chunked.Header(0)], Cancelled);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < SluiceFixture.Patience && await pace.WaitForNextTickAsync(Cancelled))
                await client.SendChunkAsync("x"u8.ToArray(), Cancelled);
        });
        Assert.InRange(Stopwatch.GetElapsedTime(began), 0.9 * _drainTimeout, SluiceFixture.Patience);
        await sluice.AssertHealthyAsync();
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite, ("Sluice:Body:DrainTimeout", $"{_drainTimeout:c}"));
}
