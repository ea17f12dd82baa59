using Sluice.Failures;

namespace Sluice.Tests.Uploads;

/// <summary>Reads results in tests.</summary>
internal static class Outcome
{
    public static T Value<T>(this Result<T> result)
    {
        Assert.True(result.TryGet(out var value, out var failure), $"It failed: {failure}");
        return value;
    }

    public static Failure Failed<T>(this Result<T> result, FailureKind kind, Phase phase) => result.Failure.Is(kind, phase);

    public static Failure Is(this Failure? failure, FailureKind kind, Phase phase)
    {
        Assert.NotNull(failure);
        Assert.Equal((kind, phase), (failure.Kind, failure.Phase));
        // The client's user reads it: it is a whole sentence, or several.
        Assert.Matches(@"^[\p{L}'].*[.\)]$", failure.Detail);
        return failure;
    }

    /// <summary>A test that hangs fails instead. What is waited for is never a matter of time.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

    public static Task Soon(this Task task) => task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

    /// <summary>Lets others go on until something is so.</summary>
    public static async Task UntilAsync(Func<bool> so)
    {
        for (var since = Environment.TickCount64; !so();)
        {
            Assert.InRange(Environment.TickCount64 - since, 0, 180_000);
            await Task.Yield();
        }
    }
}
