using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Telemetry;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>A server, and what it holds: memory for blocks, bodies under way, files and sockets.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private readonly OtlpReceiver _receiver;
    private int _handlesBefore;

    private WatchedServer(ServerProcess process, OtlpReceiver receiver) => (Process, _receiver) = (process, receiver);

    public ServerProcess Process { get; }

    /// <summary>How many files and sockets it has open.</summary>
    public int Handles => OpenHandles.Of(Process.ProcessId);

    public static async Task<WatchedServer> StartAsync(ServerSettings settings)
    {
        var receiver = await OtlpReceiver.StartAsync();
        var telemetry = new Dictionary<string, string> { ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000" };
        var process = await ServerProcess.StartAsync(
            settings with { More = CampaignSettings.Join(settings.More, receiver.Settings, telemetry) },
            TestContext.Current.CancellationToken);
        return new WatchedServer(process, receiver);
    }

    /// <summary>Waits until it holds nothing, and remembers how many files and sockets it has open then.</summary>
    public async Task BeginAsync()
    {
        await UntilIdleAsync(static () => true);
        _handlesBefore = Handles;
    }

    /// <summary>Waits until it holds no more than when it began. Fails if that does not come, or if it has logged an error.</summary>
    public async Task AssertBackAsync()
    {
        await UntilIdleAsync(() => OpenHandles.AreBack(_handlesBefore, Handles));
        Assert.Empty(Process.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    public override string ToString() => $"handles {_handlesBefore} before, {Handles} after";

    private async Task UntilIdleAsync(Func<bool> areHandlesBack) => await _receiver.UntilAsync(receiver =>
        receiver.Point("sluice.memory.used") is { Value: 0 } && receiver.Point("sluice.uploads.active") is { Value: 0 } && areHandlesBack()
            ? "idle"
            : null);
}
