namespace Sluice.Benchmarks.Compare;

/// <summary>What many small requests took.</summary>
/// <param name="PerSecond">How many were answered a second.</param>
/// <param name="Milliseconds">How long each took, in order of length.</param>
internal sealed record SmallRequests(double PerSecond, IReadOnlyList<double> Milliseconds)
{
    /// <summary>The time that so many of them took at most.</summary>
    public double Percentile(double share) =>
        Milliseconds.Count == 0 ? double.NaN : Milliseconds[(int)Math.Min(Milliseconds.Count - 1, share * Milliseconds.Count)];
}
