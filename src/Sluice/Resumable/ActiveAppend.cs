using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>One append of <see cref="ActiveAppends"/>.</summary>
/// <param name="ended">Hears of its end.</param>
internal sealed class ActiveAppend(Action<ActiveAppend> ended) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Not disposed of: it has no timer, and who stops it may come as it ends.
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Fires when it has to read no more.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>All that it has is in storage, or is not going to be.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Puts the blame where it belongs: whose reading was ended by somebody who takes over is still there, and has to hear of it.</summary>
    /// <param name="failure">Why nothing more was read.</param>
    /// <param name="client">Fires when the client is gone, or sent away.</param>
    public Failure Blame(Failure failure, CancellationToken client) =>
        failure.Kind == FailureKind.ClientGone && _stop.IsCancellationRequested && !client.IsCancellationRequested ? ChainWriter.TakenOver() : failure;

    /// <summary>It is to read no more.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        ended(this);
        _ended.TrySetResult();
    }
}
