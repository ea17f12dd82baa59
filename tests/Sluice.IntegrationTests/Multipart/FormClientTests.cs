using System.Diagnostics;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Clients that stop, leave or send nonsense in the middle of a form.</summary>
public sealed class FormClientTests(FormClientTests.Fixture sluice) : IClassFixture<FormClientTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked, "File", "207: 201 1, 408 2 client-stalled")]
    [InlineData(Framing.Length, "File", "207: 201 1, 408 2 client-stalled")]
    [InlineData(Framing.Chunked, "Head", "207: 201 1; client-stalled")]
    [InlineData(Framing.Length, "Head", "207: 201 1; client-stalled")]
    public async Task A_client_that_stops_sending_is_told_so_with_the_files_that_are_stored(Framing framing, string stop, string told)
    {
        var prefix = $"stalled-{framing}-{stop}";
        using var form = await HalfForm.BeginAsync(sluice, prefix, atomic: false, framing, Enum.Parse<HalfForm.Stop>(stop));

        var began = Stopwatch.GetTimestamp();
        var answer = await form.Client.ReadAsync(Cancelled);

        Assert.Equal(told, HalfForm.Told(answer));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(10));
        Assert.Equal(0, await form.Client.UntilClosedAsync(Cancelled));
        await AssertFirstOnlyAsync(prefix);
    }

    [Theory]
    [InlineData(Framing.Chunked, "File")]
    [InlineData(Framing.Length, "File")]
    [InlineData(Framing.Chunked, "Head")]
    public async Task Nothing_of_an_atomic_form_is_stored_when_its_client_stops_sending(Framing framing, string stop)
    {
        var prefix = $"atomic-{framing}-{stop}";
        using var form = await HalfForm.BeginAsync(sluice, prefix, atomic: true, framing, Enum.Parse<HalfForm.Stop>(stop));

        Assert.Equal("408 client-stalled", HalfForm.Told(await form.Client.ReadAsync(Cancelled)));

        await AssertNothingAsync(prefix);
    }

    [Theory]
    [InlineData(Framing.Chunked, true)]
    [InlineData(Framing.Chunked, false)]
    [InlineData(Framing.Length, true)]
    [InlineData(Framing.Length, false)]
    public async Task A_client_that_leaves_in_the_middle_leaves_the_whole_files_or_nothing_of_an_atomic_form(Framing framing, bool inOrder)
    {
        var prefix = $"left-{framing}-{inOrder}";
        foreach (var atomic in (bool[])[false, true])
        {
            using var form = await HalfForm.BeginAsync(sluice, $"{prefix}-{atomic}", atomic, framing);
            if (inOrder)
                form.Client.Finish();
            else
                form.Client.Reset();
            Assert.StartsWith($"client-gone: {prefix}-{atomic}/2 was left in Transfer", await sluice.OutcomeAsync($"{prefix}-{atomic}/2"), StringComparison.Ordinal);
            if (inOrder)
                Assert.Equal(0, await form.Client.UntilClosedAsync(Cancelled));
        }

        await AssertFirstOnlyAsync($"{prefix}-{false}");
        await AssertNothingAsync($"{prefix}-{true}");
    }

    [Fact]
    public async Task A_chunk_that_breaks_the_rules_ends_a_form_and_the_answer_does_not_say_that_nothing_was_stored()
    {
        using var form = await HalfForm.BeginAsync(sluice, "chunk", atomic: false, Framing.Chunked);
        using var atomic = await HalfForm.BeginAsync(sluice, "chunk-atomic", atomic: true, Framing.Chunked);

        await form.Client.SendAsync("ZZ\r\n", Cancelled);
        await atomic.Client.SendAsync("ZZ\r\n", Cancelled);

        var answer = await form.Client.ReadAsync(Cancelled);
        Assert.Equal("207: 201 1, 400 2 body-truncated", HalfForm.Told(answer));
        Assert.DoesNotContain("nothing was stored", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("400 body-truncated", HalfForm.Told(await atomic.Client.ReadAsync(Cancelled)));
        await AssertFirstOnlyAsync("chunk");
        await AssertNothingAsync("chunk-atomic");
    }

    private async Task AssertFirstOnlyAsync(string prefix)
    {
        Assert.Equal(HalfForm.First, (await sluice.Container.GetBlobClient($"{prefix}/1").DownloadContentAsync(Cancelled)).Value.Content.ToArray());
        Assert.Equal("nothing", await sluice.VisibleAsync($"{prefix}/2"));
        await sluice.AssertHealthyAsync();
    }

    private async Task AssertNothingAsync(string prefix)
    {
        Assert.Equal("nothing nothing", $"{await sluice.VisibleAsync($"{prefix}/1")} {await sluice.VisibleAsync($"{prefix}/2")}");
        await sluice.AssertHealthyAsync();
    }

    // Blocks are small, so that there are several of each file.
    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(
        azurite, ("Sluice:Blob:BlockBytes", "65536"), ("Sluice:Body:IdleTimeout", "00:00:01"), ("Sluice:Body:DrainTimeout", "00:00:00.5"));
}
