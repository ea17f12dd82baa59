using Sluice.FunctionsHost.Logs;
using Sluice.FunctionsHost.Protocol;

namespace Sluice.FunctionsHost.Workers;

/// <summary>
/// Starts a worker, and another one when it crashed, but not when it ended with 0; gives up after three crashes. As
/// RpcFunctionInvocationDispatcher and WorkerProcess.OnProcessExited in https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class WorkerSupervisor(StandInHostSettings settings, RpcServer rpc, HostLogs logs) : IAsyncDisposable
{
    private const int MaxCrashes = 3;

    private static readonly TimeSpan _crashesAreForgottenAfter = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<DateTime> _crashes = [];
    private TaskCompletionSource<Worker> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkerProcess? _process;
    private Task _watching = Task.CompletedTask;

    /// <summary>The worker that runs, or that ran last.</summary>
    public WorkerProcess Process => _process ?? throw new InvalidOperationException("No worker was started.");

    /// <summary>How many were started.</summary>
    public int Starts { get; private set; }

    /// <summary>Ends when the host itself ends, as workers crash again and again.</summary>
    public Task GaveUp => _gaveUp.Task;

    /// <summary>Starts the first worker and waits until it can be asked. That it can't is an error here, not a crash.</summary>
    public async Task StartAsync(Uri site, CancellationToken cancellationToken)
    {
        var worker = await StartWorkerAsync(site, cancellationToken);
        _ready.SetResult(worker);
        _watching = WatchAsync(worker, site);
    }

    /// <summary>The worker, once there is one that can be asked.</summary>
    public Task<Worker> ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Renew();
            return _ready.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks the worker to end, as a host that ends does, and kills it when it does not.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await _stopping.CancelAsync();
        var (ready, process) = (_ready.Task, Process);
        if (ready.IsCompletedSuccessfully)
            await (await ready).EndAsync();
        else
            process.Kill();
        return await process.Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _process?.Kill();
        await _watching;
        _process?.Dispose();
        _stopping.Dispose();
    }

    private async Task<Worker> StartWorkerAsync(Uri site, CancellationToken cancellationToken)
    {
        var channel = new WorkerChannel($"{Guid.NewGuid()}", logs);
        rpc.Expect(channel);
        var process = WorkerProcess.Start(settings, rpc.Address, site, channel.WorkerId, logs);
        _process?.Dispose();
        (_process, Starts) = (process, Starts + 1);
        logs.AddHost("Debug", $"Worker process {process.Id} was started.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.StartTimeout);
        var opening = channel.OpenAsync(Path.GetFullPath(settings.WorkerFolder), patience.Token);
        var first = await Task.WhenAny(opening, process.Exited);
        if (first == process.Exited)
        {
            await patience.CancelAsync();
            throw new InvalidOperationException($"The worker ended with {await process.Exited} before it was asked:\n{logs}");
        }
        await opening;
        return new Worker(process, channel, settings.StopGracePeriod);
    }

    private async Task WatchAsync(Worker worker, Uri site)
    {
        try
        {
            while (true)
            {
                var code = await worker.Process.Exited;
                lock (_lock)
                    Renew();
                rpc.Forget(worker.Channel);
                logs.AddHost("Debug", $"Worker process {worker.Process.Id} has ended with {code}.");
                if (_stopping.IsCancellationRequested || (code == 0 && !worker.GivenUp))
                    return;
                worker.Channel.FailInvocations($"The worker ended with {code}.");
                if (!worker.GivenUp && HasCrashedTooOften())
                {
                    logs.AddHost("Error", "Too many workers crashed: the host ends.");
                    _gaveUp.TrySetResult();
                    return;
                }
                worker = await RestartAsync(site);
                lock (_lock)
                    _ready.TrySetResult(worker);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            if (!_stopping.IsCancellationRequested)
                logs.AddHost("Error", $"No worker could be started: {e.Message}");
            _gaveUp.TrySetResult();
        }
    }

    private async Task<Worker> RestartAsync(Uri site)
    {
        while (true)
        {
            try
            {
                return await StartWorkerAsync(site, _stopping.Token);
            }
            catch (InvalidOperationException) when (!_stopping.IsCancellationRequested && !HasCrashedTooOften())
            {
                await Task.Delay(settings.RestartInterval, _stopping.Token);
            }
        }
    }

    // A worker that has ended is not ready, whoever hears of it first; one that ended by itself is not replaced.
    private void Renew()
    {
        if (_ready.Task is { IsCompletedSuccessfully: true, Result: { Process.Exited: { IsCompletedSuccessfully: true } exited } worker }
            && (exited.Result != 0 || worker.GivenUp))
            _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private bool HasCrashedTooOften()
    {
        var now = DateTime.UtcNow;
        if (_crashes.Count > 0 && now - _crashes[^1] > _crashesAreForgottenAfter)
            _crashes.Clear();
        _crashes.Add(now);
        return _crashes.Count >= MaxCrashes;
    }
}
