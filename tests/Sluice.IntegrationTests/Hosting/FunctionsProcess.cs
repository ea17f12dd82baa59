using Sluice.FunctionsHost;
using Sluice.FunctionsHost.Logs;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The published function app, which a stand-in for the Functions host has started.</summary>
internal sealed class FunctionsProcess : ServerProcess
{
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromMinutes(3);

    private readonly StandInHost _host;

    private FunctionsProcess(StandInHost host)
    {
        _host = host;
        (Addresses, ProcessId) = ([host.Address], host.WorkerProcessId);
    }

    public override string Log => string.Join('\n', _host.Logs.Concat(_host.DroppedLogs));

    // What the host keeps, as the console of Sluice.Server has it.
    public override IReadOnlyList<string> Output => [.. Said.SelectMany(Lines)];

    public override bool HasExited => Exit.IsCompleted;

    public override IReadOnlyList<string> Errors => [.. Said.Where(static line => line.Level is "Error" or "Critical").SelectMany(Lines)];

    // The host's own words are not the worker's.
    private IEnumerable<WorkerLog> Said => _host.Logs.Where(static line => line.Source is not LogSource.Host);

    private Task<int> Exit => _host.WorkerExitAsync(CancellationToken.None);

    /// <summary>Starts both, and waits until the functions are loaded and the worker listens.</summary>
    public static new async Task<ServerProcess> StartAsync(ServerSettings settings, CancellationToken cancellationToken) =>
        new FunctionsProcess(await StandInHost.StartAsync(
            new StandInHostSettings
            {
                WorkerFolder = PublishedServer.WorkerFolder,
                AppSettings = AppSettings(settings),
                AllowAnonymous = true,
                // Longer than a busy machine needs for a refusal.
                ContinueTimeout = TimeSpan.FromMinutes(1),
                StartTimeout = settings.StartTimeout,
                StopGracePeriod = _stopTimeout,
            },
            cancellationToken));

    public override void Terminate() => _host.TerminateWorker();

    public override Task<int> ExitAsync() => Exit.WaitAsync(_stopTimeout);

    public override void Kill()
    {
        // Before another one takes its place.
        var exit = Exit;
        _host.KillWorker();
        exit.Wait(_stopTimeout);
    }

    public override ValueTask DisposeAsync() => _host.DisposeAsync();

    private static Dictionary<string, string> AppSettings(ServerSettings settings)
    {
        var ofApp = new Dictionary<string, string>(ServerEnvironment.OfWorker(settings))
        {
            ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = $"{long.MaxValue}",
        };
        if (ofApp.Keys.Any(static name => name.StartsWith("Sluice:Events:Destinations:", StringComparison.Ordinal)
            || name.Contains(":PassOn:", StringComparison.Ordinal))
            || ofApp.ContainsValue("BlobFirstWithRetries"))
            ofApp["AzureWebJobsStorage"] = settings.ConnectionString!;
        else
            ofApp["AzureWebJobs.Events.Disabled"] = "true";
        return ofApp;
    }

    private static IEnumerable<string> Lines(WorkerLog line)
    {
        var word = line.Level switch
        {
            "Warning" => "warn",
            "Error" => "fail",
            "Critical" => "crit",
            _ => "info",
        };
        return [$"{word}: {line.Category}", .. line.Message.Split('\n').Select(static text => $"      {text.TrimEnd()}")];
    }
}
