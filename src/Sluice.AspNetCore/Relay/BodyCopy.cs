using Sluice.Body;

namespace Sluice.AspNetCore.Relay;

/// <summary>The copying of one request's body to a service: it ends with its request, however late it began.</summary>
/// <remarks>
/// A service may respond without asking for the body (<c>Expect: 100-continue</c>). Over HTTP/2 HttpClient then begins the body beside the
/// response, and neither HttpClient nor YARP waits for a body that has not begun when the response ends. YARP's content looks up
/// <c>HttpContext.Request.Body</c> when it begins: begun later, it would read the body of the next request on the client's connection.
/// </remarks>
internal sealed class BodyCopy(BodyStream body) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = new();
    private Task _copies = Task.CompletedTask;
    private bool _isOver;

    /// <summary>The body.</summary>
    public BodyStream Body => body;

    /// <summary>Copies the body.</summary>
    /// <param name="copyAsync">Copies it, until its token is cancelled.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the request is over.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> copyAsync, CancellationToken cancellationToken)
    {
        var copied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_isOver)
            {
                throw new OperationCanceledException("The request ended before its body was asked for.");
            }

            _copies = Task.WhenAll(_copies, copied.Task);
        }

        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancellationToken);
            await copyAsync(ends.Token);
        }
        finally
        {
            copied.SetResult();
        }
    }

    /// <summary>Ends a copying that has begun, waits for its end, and lets none begin from now on.</summary>
    public async ValueTask DisposeAsync()
    {
        bool wasOver;
        lock (_lock)
        {
            (wasOver, _isOver) = (_isOver, true);
        }

        if (!wasOver)
        {
            await _over.CancelAsync();
        }

        await _copies;
        _over.Dispose();
    }
}
