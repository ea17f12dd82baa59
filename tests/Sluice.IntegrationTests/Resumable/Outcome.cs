using Sluice.Failures;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>Reads results in tests.</summary>
internal static class Outcome
{
    public static T Value<T>(this Result<T> result)
    {
        Assert.True(result.TryGet(out var value, out var failure), $"It failed: {failure}");
        return value;
    }
}
