using Microsoft.Extensions.Time.Testing;
using Sluice.Body;
using Sluice.Digests;

namespace Sluice.Tests.Body;

/// <summary>Bodies behind the guards, of which a test sets those that it is about.</summary>
internal static class Guarded
{
    /// <param name="body">The body.</param>
    /// <param name="length">Its length, if declared.</param>
    /// <param name="maxBytes">The largest length it may have.</param>
    /// <param name="idle">Ends it when its sender stalls; a clock that stands still, unless a test has one.</param>
    /// <param name="checks">What looks at its bytes.</param>
    public static GuardedBody Of(
        ScriptedBody body, long? length = null, long maxBytes = long.MaxValue, IdleTimer? idle = null,
        IReadOnlyList<IBodyCheck>? checks = null) =>
        new(
            body.Incoming,
            idle ?? new IdleTimer(TimeSpan.FromSeconds(30), new FakeTimeProvider(), new CancellationTokenSource()),
            length, maxBytes, new BodyDigests([], []), checks);
}
