namespace Sluice.Tests.Resumable;

/// <summary>Whatever the order in which the requests of several instances reach storage, what was told to clients stays true.</summary>
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

    private static int Runs { get; } = Environment.GetEnvironmentVariable("SLUICE_FULL") == "1" ? 2_500 : 100;
}
