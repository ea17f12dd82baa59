using System.Net.NetworkInformation;
using Sluice.FunctionsHost.Http;
using Sluice.FunctionsHost.Logs;
using Sluice.FunctionsHost.Protocol;
using Sluice.FunctionsHost.Queues;
using Sluice.FunctionsHost.Workers;

namespace Sluice.FunctionsHost;

/// <summary>
/// A stand-in for the Azure Functions host, as far as clients of HTTP functions, senders of queue messages and the worker itself can
/// tell: it starts the published worker in a process of its own, speaks its protocol, and passes requests and messages on as the host
/// does. docs/platform-limits.md says what the real one was seen to do.
/// </summary>
public sealed class StandInHost : IAsyncDisposable
{
    private readonly StandInHostSettings _settings;
    private readonly HostLogs _logs;
    private readonly RpcServer _rpc = new();
    private readonly WorkerSupervisor _workers;
    private readonly HttpFront _front;
    private readonly AppSettings _appSettings;
    private readonly QueueListeners _queues;

    private StandInHost(StandInHostSettings settings)
    {
        _settings = settings;
        _logs = new HostLogs { Say = settings.Say };
        _workers = new WorkerSupervisor(settings, _rpc, _logs);
        _front = new HttpFront(settings, _workers, _logs);
        _appSettings = new AppSettings(settings.AppSettings);
        var config = WorkerConfig.Read(settings.WorkerFolder);
        var invocations = new QueueInvocations(_workers, settings.FunctionTimeout ?? config.FunctionTimeout, _logs);
        _queues = new QueueListeners(settings, _appSettings, config.Queues, invocations, _logs);
    }

    /// <summary>Where clients find it.</summary>
    public Uri Address => _front.Address;

    /// <summary>The function key.</summary>
    public string Key => _settings.Key;

    /// <summary>What it serves, in the order in which it looks.</summary>
    public IReadOnlyList<HttpFunction> Functions { get; private set; } = [];

    /// <summary>The functions that messages start.</summary>
    public IReadOnlyList<QueueFunction> QueueFunctions { get; private set; } = [];

    /// <summary>The worker that runs, or that ran last.</summary>
    public int WorkerProcessId => _workers.Process.Id;

    /// <summary>How many workers were started.</summary>
    public int WorkerStarts => _workers.Starts;

    /// <summary>A copy of what the host keeps of what it and its workers said.</summary>
    public IReadOnlyList<WorkerLog> Logs => _logs.Kept;

    /// <summary>A copy of what workers said and the host drops, which is what they log outside of an invocation.</summary>
    public IReadOnlyList<WorkerLog> DroppedLogs => _logs.Dropped;

    /// <summary>Ends when the real host would end and be started anew, as workers crash again and again.</summary>
    public Task GaveUp => _workers.GaveUp;

    /// <summary>Starts the host and a worker, and waits until its functions are loaded and it listens.</summary>
    /// <exception cref="InvalidOperationException">The worker ended or failed; the message has its output.</exception>
    public static async Task<StandInHost> StartAsync(StandInHostSettings settings, CancellationToken cancellationToken)
    {
        var host = new StandInHost(settings);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of <see cref="Address"/> that sends the key, with no time-out, no proxy and connections of its own.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = Address,
            Timeout = Timeout.InfiniteTimeSpan
        };
        client.DefaultRequestHeaders.Add("x-functions-key", Key);
        return client;
    }

    /// <summary>Sends SIGTERM to the worker alone.</summary>
    public void TerminateWorker() => _workers.Process.Terminate();

    /// <summary>Ends the worker as a crash does.</summary>
    public void KillWorker() => _workers.Process.Kill();

    /// <summary>Waits until the worker that runs now has ended.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> WorkerExitAsync(CancellationToken cancellationToken) => _workers.Process.Exited.WaitAsync(cancellationToken);

    /// <summary>Waits until a worker can be asked: at once, if there is one, and after its start, if one has crashed.</summary>
    public Task WorkerReadyAsync(CancellationToken cancellationToken) => _workers.ReadyAsync(cancellationToken);

    /// <summary>
    /// Asks the worker to end as a host that ends does: over the protocol, with <see cref="StandInHostSettings.StopGracePeriod"/> to go.
    /// </summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopWorkerAsync()
    {
        await _queues.StopAsync();
        return await _workers.StopAsync();
    }

    /// <summary>Ends worker and host at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queues.DisposeAsync();
        await _workers.DisposeAsync();
        await _front.DisposeAsync();
        await _rpc.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _rpc.StartAsync(cancellationToken);
        await _front.StartAsync(cancellationToken);
        await _workers.StartAsync(Address, cancellationToken);
        var worker = await ListeningAsync(cancellationToken);
        // The worker loads a disabled function too, but nothing starts it.
        var enabled = worker.Channel.Functions.Where(function => !_appSettings.IsDisabled(function.Name)).ToList();
        Functions = [.. HttpFunction.Of(enabled).OrderBy(static function => function.Name, StringComparer.OrdinalIgnoreCase)];
        QueueFunctions = [.. QueueFunction.Of(enabled)];
        _front.Publish(Functions);
        _queues.Start(QueueFunctions);
    }

    // The worker's SDK chooses a free port, and listens at it a moment later. If another process or connection has the port by then, the
    // worker ends, and another one is started. The real host does not wait: there, what is asked meanwhile fails.
    private async Task<Worker> ListeningAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_settings.StartTimeout);
        while (true)
        {
            var ready = _workers.ReadyAsync(patience.Token);
            if (await Task.WhenAny(ready, GaveUp) != ready)
                throw new InvalidOperationException($"No worker remains:\n{_logs}");
            var worker = await ready;
            if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(to => to.Port == worker.HttpAddress.Port))
                return worker;
            if (worker.Process.Exited is { IsCompletedSuccessfully: true, Result: 0 })
                throw new InvalidOperationException($"The worker has ended by itself:\n{_logs}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }
}
