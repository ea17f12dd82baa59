using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Relay;
using Sluice.Body;
using Sluice.Downstream;
using Sluice.Settings;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A request that is given up while it is being sent, as the tee gives it up when its other side has failed.</summary>
public sealed class ForwardedRequestTests
{
    // Seen on a machine with 50 processes that want its two cores: 500 instead of 400 digest-mismatch.
    [Fact]
    public async Task One_that_is_disposed_before_it_has_seen_its_own_end_is_a_failure_and_no_exception()
    {
        var options = new RelayTargetOptions { Address = new Uri("http://127.0.0.1:1/") };
        using var client = new RelayClient(
            new RelayTarget("service", options), static () => throw new NotSupportedException(), TimeProvider.System);
        var request = new ForwardedRequest(new DefaultHttpContext(), client, options.Address, new UntilCancelled());
        var later = new Later();
        var sending = later.Begin(() => request.SendAsync(new NoBody(), TestContext.Current.CancellationToken).AsTask());

        var disposing = request.DisposeAsync().AsTask();
        await later.RunUntilAsync(sending);
        await disposing;

        Assert.False((await sending).TryGet(out _, out var failure));
        Assert.NotNull(failure);
    }

    private sealed class UntilCancelled : IHttpForwarder
    {
        public ValueTask<ForwarderError> SendAsync(
            HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig,
            HttpTransformer transformer) => throw new NotSupportedException();

        public async ValueTask<ForwarderError> SendAsync(
            HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig,
            HttpTransformer transformer, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ForwarderError.RequestCanceled;
        }
    }

    private sealed class NoBody : BodySource
    {
        public override ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    // What continues there does so last: everything else that waits for the same has already gone on.
    private sealed class Later : SynchronizationContext
    {
        private readonly BlockingCollection<Action> _waiting = [];

        public override void Post(SendOrPostCallback d, object? state) => _waiting.Add(() => d(state));

        public T Begin<T>(Func<T> begin)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return begin();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public Task RunUntilAsync(Task end) => Task.Run(() =>
        {
            while (!end.IsCompleted)
            {
                if (_waiting.TryTake(out var next, TimeSpan.FromMilliseconds(10)))
                    next();
            }
        });
    }
}
