using System.Diagnostics;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Clients that stay on the line and stop sending in the middle of a form.</summary>
public sealed class FormStallTests(FormStallTests.Fixture sluice) : IClassFixture<FormStallTests.Fixture>
{
    private static readonly TimeSpan _idleTimeout = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked, "File", "207: 201 1, 408 2 client-stalled")]
    [InlineData(Framing.Length, "File", "207: 201 1, 408 2 client-stalled")]
    [InlineData(Framing.Chunked, "Head", "207: 201 1; client-stalled")]
    [InlineData(Framing.Length, "Head", "207: 201 1; client-stalled")]
    public async Task A_client_that_stops_sending_is_told_so_with_the_files_that_are_stored(Framing framing, string stop, string told)
    {
        Hosts.DifferIn(HostDifference.AnswerWaitsForBody);
        var prefix = $"stalled-{framing}-{stop}";
        var began = Stopwatch.GetTimestamp();
        using var form = await HalfForm.BeginAsync(sluice, prefix, atomic: false, framing, Enum.Parse<HalfForm.Stop>(stop));

        var answer = await form.Client.ReadAsync(Cancelled);

        Assert.Equal(told, HalfForm.Reported(answer));
        Assert.InRange(Stopwatch.GetElapsedTime(began), 0.9 * _idleTimeout, TimeSpan.MaxValue);
        Assert.Equal(0, await form.Client.UntilClosedAsync(Cancelled));
        await HalfForm.AssertFirstIsStoredAsync(sluice, prefix);
    }

    [Theory]
    [InlineData(Framing.Chunked, "File")]
    [InlineData(Framing.Length, "File")]
    [InlineData(Framing.Chunked, "Head")]
    public async Task Nothing_of_an_atomic_form_is_stored_when_its_client_stops_sending(Framing framing, string stop)
    {
        Hosts.DifferIn(HostDifference.AnswerWaitsForBody);
        var prefix = $"atomic-{framing}-{stop}";
        using var form = await HalfForm.BeginAsync(sluice, prefix, atomic: true, framing, Enum.Parse<HalfForm.Stop>(stop));

        Assert.Equal("408 client-stalled", HalfForm.Reported(await form.Client.ReadAsync(Cancelled)));

        await HalfForm.AssertNothingIsStoredAsync(sluice, prefix);
    }

    // Blocks are small, so that there are several of each file.
    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite, ("Sluice:Blob:BlockBytes", "65536"), ("Sluice:Body:IdleTimeout", $"{_idleTimeout:c}"),
        ("Sluice:Body:DrainTimeout", "00:00:00.5"));
}
