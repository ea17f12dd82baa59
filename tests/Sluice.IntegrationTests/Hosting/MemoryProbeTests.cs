using System.Diagnostics;
using Sluice.DevelopmentStorage;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>Against a Node.js program that allocates what it is told to, outside of any collector.</summary>
public sealed class MemoryProbeTests : IDisposable
{
    private const long Mib = 1024 * 1024;

    private const string Script = """
        let kept = [];
        console.log("ready");
        require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
          kept = Number(line) ? [Buffer.alloc(Number(line) * 1048576, 1)] : [];
          global.gc();
          console.log("done");
        });
        """;

    private readonly Process _process = Process.Start(new ProcessStartInfo(new AzuriteOptions().Node, ["--expose-gc", "-e", Script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    [Fact]
    public async Task A_peak_that_is_gone_before_the_end_is_seen()
    {
        await AllocateAsync(1);
        await using var probe = await MemoryProbe.StartAsync(_process.Id, TestContext.Current.CancellationToken);
        await AllocateAsync(200);
        await AllocateAsync(0);
        var reading = await probe.StopAsync();
        Assert.InRange(reading.DeltaBytes, 180 * Mib, 260 * Mib);
        Assert.Equal(probe.BaseBytes, reading.BaseBytes);
    }

    [Fact]
    public async Task A_peak_of_before_is_not_seen()
    {
        await AllocateAsync(200);
        await AllocateAsync(0);
        await using var probe = await MemoryProbe.StartAsync(_process.Id, TestContext.Current.CancellationToken);
        await AllocateAsync(20);
        var reading = await probe.StopAsync();
        Assert.InRange(reading.DeltaBytes, 0, 60 * Mib);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private async Task AllocateAsync(int mib)
    {
        await _process.StandardInput.WriteLineAsync($"{mib}");
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not ("done" or null))
            continue;
    }
}
