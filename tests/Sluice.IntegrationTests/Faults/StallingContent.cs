using System.Net;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A body of unknown length that never goes on after its first bytes.</summary>
internal sealed class StallingContent(int bytes) : HttpContent
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first bytes are sent.</summary>
    public Task Stalled => _stalled.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(TestBody.Of(bytes), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _stalled.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
