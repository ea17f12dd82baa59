using System.Globalization;
using System.Security.Cryptography;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Concurrency;

/// <summary>
/// Thirty-two uploads at once, of 20 MB each; of 100 MB with the environment variable <c>SLUICE_FULL=1</c>, which takes minutes.
/// </summary>
[Collection(Memory.QuietTests.Name)]
public sealed class ManyUploadsTests(ManyUploadsTests.Fixture sluice) : IClassFixture<ManyUploadsTests.Fixture>
{
    private const int Uploads = 32;
    private const int ReadBack = 4;

    // Beside the budget, each upload has a connection to either side with what is on its way there, and its objects.
    private const long OverheadBytes = Uploads * TestBody.Mib;

    private static readonly long _bytes = Memory.Requirement.IsFull ? 100_000_000 : 20_000_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_arrive_whole_and_take_no_more_memory_than_the_budget()
    {
        var budget = new MemoryOptions().BudgetBytes;
        await using var probe = await MemoryProbe.StartAsync(sluice.Server.ProcessId, Cancelled);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();

        var bodies = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(StoreAsync));

        var (elapsed, reading) = (System.Diagnostics.Stopwatch.GetElapsedTime(began), await probe.StopAsync());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Uploads} x {_bytes / 1_000_000} MB in {elapsed.TotalSeconds:F1} s "
                + $"({Uploads * _bytes / 1e6 / elapsed.TotalSeconds:F0} MB/s): {reading}"));
        for (var i = 0; i < Uploads; i += Uploads / ReadBack)
            Assert.Equal(bodies[i].Sha256, await ReadAsync(i));
        Assert.InRange(reading.DeltaBytes, 0, budget + OverheadBytes);
    }

    private async Task<RandomBody> StoreAsync(int seed)
    {
        var body = new RandomBody(seed, _bytes, (Framing)(seed % 2));
        var answer = await sluice.PutAsync($"many-{seed}", body);
        Assert.Equal("201", answer.Status == 201 ? "201" : answer.Problem);
        Assert.Equal($"{_bytes} sha-256=:{body.Sha256}:", $"{answer.Text("bytes")} {answer.Header("Repr-Digest")}");
        return body;
    }

    private async Task<string> ReadAsync(int seed)
    {
        await using var content = await sluice.Client.GetStreamAsync(new Uri(sluice.PathOf($"many-{seed}"), UriKind.Relative), Cancelled);
        return Convert.ToBase64String(await SHA256.HashDataAsync(content, Cancelled));
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite)
    {
        protected override bool IsMeasured => true;

        protected override string ConnectionString { get; } = azurite.ConnectionString;

        protected override TimeSpan RequestTimeout => TimeSpan.FromMinutes(10);
    }
}
