using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Clients that leave, or send what is no body, in the middle of a form.</summary>
public sealed class FormDeathTests(FormDeathTests.Fixture sluice) : IClassFixture<FormDeathTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked, true)]
    [InlineData(Framing.Chunked, false)]
    [InlineData(Framing.Length, true)]
    [InlineData(Framing.Length, false)]
    public async Task A_client_that_leaves_in_the_middle_leaves_the_whole_files_or_nothing_of_an_atomic_form(Framing framing, bool inOrder)
    {
        Hosts.DifferIn(HostDifference.FramingIsTheHosts);
        var prefix = $"left-{framing}-{inOrder}";
        foreach (var atomic in (bool[])[false, true])
        {
            using var form = await HalfForm.BeginAsync(sluice, $"{prefix}-{atomic}", atomic, framing);
            if (inOrder)
                form.Client.Finish();
            else
                form.Client.Reset();
            Assert.StartsWith(
                $"client-gone: {prefix}-{atomic}/2 was abandoned in Transfer", await sluice.OutcomeAsync($"{prefix}-{atomic}/2"),
                StringComparison.Ordinal);
            if (inOrder)
                Assert.Equal(0, await form.Client.UntilClosedAsync(Cancelled));
        }

        await HalfForm.AssertFirstIsStoredAsync(sluice, $"{prefix}-{false}");
        await HalfForm.AssertNothingIsStoredAsync(sluice, $"{prefix}-{true}");
    }

    [Fact]
    public async Task A_chunk_that_breaks_the_rules_ends_a_form_and_the_answer_does_not_say_that_nothing_was_stored()
    {
        Hosts.DifferIn(HostDifference.FramingIsTheHosts);
        using var form = await HalfForm.BeginAsync(sluice, "chunk", atomic: false, Framing.Chunked);
        using var atomic = await HalfForm.BeginAsync(sluice, "chunk-atomic", atomic: true, Framing.Chunked);

        await form.Client.SendAsync("ZZ\r\n", Cancelled);
        await atomic.Client.SendAsync("ZZ\r\n", Cancelled);

        var answer = await form.Client.ReadAsync(Cancelled);
        Assert.Equal("207: 201 1, 400 2 body-truncated", HalfForm.Reported(answer));
        Assert.DoesNotContain("nothing was stored", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("400 body-truncated", HalfForm.Reported(await atomic.Client.ReadAsync(Cancelled)));
        await HalfForm.AssertFirstIsStoredAsync(sluice, "chunk");
        await HalfForm.AssertNothingIsStoredAsync(sluice, "chunk-atomic");
    }

    // Blocks are small, so that there are several of each file.
    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite, ("Sluice:Blob:BlockBytes", "65536"));
}
