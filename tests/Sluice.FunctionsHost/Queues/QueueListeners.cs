using Sluice.FunctionsHost.Logs;

namespace Sluice.FunctionsHost.Queues;

/// <summary>The listeners of all functions with a queue trigger.</summary>
internal sealed class QueueListeners(
    StandInHostSettings settings, AppSettings appSettings, QueueOptions options, QueueInvocations invocations, HostLogs logs)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _abandoned = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Starts a listener for each function. One that can't be started is an error of that function alone.</summary>
    public void Start(IEnumerable<QueueFunction> functions) =>
        _running = Task.WhenAll(functions.Select(Listener).OfType<QueueListener>().ToList()
            .Select(listener => Task.Run(() => listener.RunAsync(_stopped.Token, _abandoned.Token))));

    /// <summary>From now on no message is received. Those that were are with their functions.</summary>
    public Task StopAsync() => _stopped.CancelAsync();

    /// <summary>Ends at once. What is with a function is visible again when its time is over.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _abandoned.CancelAsync();
        await _running;
        _stopped.Dispose();
        _abandoned.Dispose();
    }

    private QueueListener? Listener(QueueFunction function)
    {
        try
        {
            if (!function.TakesText)
                throw new InvalidOperationException("Its parameter is no text: this host sends nothing else.");
            var service = QueueConnection.Service(function, appSettings);
            var queue = appSettings.Resolve(function.Queue).ToLowerInvariant();
            return new QueueListener(function, service, queue, options, settings.QueueVisibility, invocations, logs);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            logs.AddHost("Error", $"The listener of function '{function.Name}' can't be started: {e.Message}");
            return null;
        }
    }
}
