using System.Net;
using Sluice.AspNetCore.Relay;
using Sluice.Body;

namespace Sluice.IntegrationTests.Relay;

/// <summary>HttpClient may begin a request's content when the request is over, or be in the middle of it then.</summary>
public sealed class BodyCopyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_that_begins_after_its_request_reads_nothing()
    {
        var read = false;
        var copy = new BodyCopy(new BodyStream(new Nothing(), TimeProvider.System));
        using var content = new WholeContent(new Scripted(_ =>
        {
            read = true;
            return Task.CompletedTask;
        }), copy);
        await copy.DisposeAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => content.CopyToAsync(Stream.Null, Token));

        Assert.False(read);
    }

    [Fact]
    public async Task Content_that_has_begun_ends_before_its_request()
    {
        var (began, ended) = (new TaskCompletionSource(), false);
        var copy = new BodyCopy(new BodyStream(new Nothing(), TimeProvider.System));
        using var content = new WholeContent(new Scripted(async cancellationToken =>
        {
            began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
            ended = true;
        }), copy);
        var copying = content.CopyToAsync(Stream.Null, Token);
        await began.Task;

        await copy.DisposeAsync();

        Assert.True(ended);
        await Assert.ThrowsAsync<HttpRequestException>(() => copying);
        // As the response's end and the request's end both do.
        await copy.DisposeAsync();
    }

    [Fact]
    public async Task Its_own_token_ends_it_too()
    {
        await using var copy = new BodyCopy(new BodyStream(new Nothing(), TimeProvider.System));
        using var content = new WholeContent(new Scripted(static ends => Task.Delay(Timeout.Infinite, ends)), copy);
        using var cancellation = new CancellationTokenSource();
        var copying = content.CopyToAsync(Stream.Null, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
    }

    private sealed class Nothing : BodySource
    {
        public override ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class Scripted(Func<CancellationToken, Task> script) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => script(CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            script(cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
