using Sluice.Tests.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>Stops one request on its way to storage, the first that is meant, until it is let on.</summary>
internal sealed class Gate(Func<StorageRequest, bool> which)
{
    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource<StorageTurn> _opened = new();
    private int _taken;

    /// <summary>The request has come.</summary>
    public bool IsReached => _reached.Task.IsCompleted;

    /// <inheritdoc cref="IsReached"/>
    public Task Reached => _reached.Task;

    public bool Takes(StorageRequest request) => which(request) && Interlocked.Exchange(ref _taken, 1) == 0;

    public async Task<HttpResponseMessage> PassAsync(StorageExchange exchange)
    {
        _reached.TrySetResult();
        var turn = await _opened.Task.WaitAsync(exchange.CancellationToken);
        return await turn(exchange);
    }

    /// <summary>Lets it on.</summary>
    public void Open() => Open(Turn.Normal);

    /// <summary>Lets something else become of it.</summary>
    public void Open(StorageTurn turn) => _opened.TrySetResult(turn);
}
