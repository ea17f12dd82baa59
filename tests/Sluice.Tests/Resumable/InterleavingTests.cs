using System.Globalization;

namespace Sluice.Tests.Resumable;

/// <summary>
/// Whatever the order in which the requests of several instances reach storage, what was told to clients stays true. A hundred orders in
/// each part; <c>SLUICE_INTERLEAVINGS</c> says another number, <c>SLUICE_FULL=1</c> means 2,500.
/// </summary>
public sealed class InterleavingTests
{
    // Of a run that failed, the seed says which it was.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_told_stays_true(int part)
    {
        for (var seed = part * Runs; seed < (part + 1) * Runs; seed++)
        {
            Interleaving.Play(seed);
        }
    }

    private static int Runs { get; } = Environment.GetEnvironmentVariable("SLUICE_INTERLEAVINGS") is { Length: > 0 } runs
        ? int.Parse(runs, NumberStyles.None, CultureInfo.InvariantCulture)
        : Environment.GetEnvironmentVariable("SLUICE_FULL") == "1" ? 2_500 : 100;
}
