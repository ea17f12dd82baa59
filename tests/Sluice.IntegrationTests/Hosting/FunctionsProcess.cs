using System.Net;
using Sluice.FunctionsHost;
using Sluice.FunctionsHost.Logs;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The published function app, which a stand-in for the Functions host has started.</summary>
internal sealed class FunctionsProcess : ServerProcess
{
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _exitTimeout = TimeSpan.FromSeconds(30);

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

    /// <summary>
    /// Starts both, and waits until a function answers; until the functions are loaded where the first request is what is measured.
    /// </summary>
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
                await UntilAnsweringAsync(host, cancellationToken);
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

    // The worker's SDK chooses a free port, and listens at it a moment later. If another process or connection has the port by then, the
    // worker ends, what it was asked meanwhile fails, and the host starts another one. Nothing else is forgiven.
    private static async Task UntilAnsweringAsync(StandInHost host, CancellationToken cancellationToken)
    {
        using var client = host.CreateClient();
        while (true)
        {
            var exit = host.WorkerExitAsync(cancellationToken);
            var said = await AskAsync(client, cancellationToken);
            if (said is null)
                return;
            if (await Task.WhenAny(exit, Task.Delay(_exitTimeout, cancellationToken)) != exit)
                throw new InvalidOperationException($"The first answer of a worker is {said}:\n{string.Join('\n', host.Logs)}");
            if (await Task.WhenAny(host.WorkerReadyAsync(cancellationToken), host.GaveUp) == host.GaveUp)
                throw new InvalidOperationException($"No worker remains:\n{string.Join('\n', host.Logs)}");
        }
    }

    // What is wrong; null for nothing.
    private static async Task<string?> AskAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/api/health/live", UriKind.Relative), cancellationToken);
            return answer.StatusCode is HttpStatusCode.OK ? null : $"{(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
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
