using System.Net;
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

    public override string Log => string.Join('\n', _host.Logs);

    // What the host keeps, as the console of Sluice.Server has it.
    public override IReadOnlyList<string> Output => [.. Said.SelectMany(Lines)];

    public override bool HasExited => Exit.IsCompleted;

    public override IReadOnlyList<string> Errors => [.. Said.Where(static line => line.Level is "Error" or "Critical").SelectMany(Lines)];

    // The host's own words are not the worker's.
    private IEnumerable<WorkerLog> Said => _host.Logs.Where(static line => line.Source is not LogSource.Host);

    private Task<int> Exit => _host.WorkerExitAsync(CancellationToken.None);

    /// <summary>Starts both, and waits until a function answers.</summary>
    public static new async Task<ServerProcess> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var host = await StandInHost.StartAsync(
            new StandInHostSettings
            {
                WorkerFolder = PublishedServer.WorkerFolder,
                AppSettings = new Dictionary<string, string>(ServerEnvironment.OfWorker(settings))
                {
                    ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = $"{long.MaxValue}"
                },
                AllowAnonymous = true,
                StartTimeout = settings.StartTimeout,
                StopGracePeriod = _stopTimeout,
            },
            cancellationToken);
        try
        {
            if (!settings.WarmsUp)
                await UntilAnsweringAsync(host, settings.StartTimeout, cancellationToken);
            return new FunctionsProcess(host);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

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

    // The worker's SDK chooses a port that is free and listens at it a moment later. Where another process is quicker, or a connection to
    // somewhere has that port, the worker ends, what it was asked meanwhile fails with 500, and the host starts another one.
    private static async Task UntilAnsweringAsync(StandInHost host, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        using var client = host.CreateClient();
        while (true)
        {
            await host.WorkerReadyAsync(patience.Token);
            using var answer = await client.GetAsync("/api/health/live", patience.Token);
            if (answer.StatusCode is not HttpStatusCode.InternalServerError)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
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
