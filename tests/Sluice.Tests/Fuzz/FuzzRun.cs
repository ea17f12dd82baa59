namespace Sluice.Tests.Fuzz;

/// <summary>What came of one target: a row of the report.</summary>
/// <param name="Part">The parser.</param>
/// <param name="Inputs">How many inputs it got.</param>
/// <param name="Seed">What they were made from.</param>
/// <param name="Violations">How many of them it failed on.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Oracle">How its answers were judged.</param>
internal sealed record FuzzRun(string Part, long Inputs, int Seed, int Violations, double Seconds, string Oracle)
{
    /// <summary>The first few violations, each with the input as a literal, which goes into <c>Corpus</c> once it is mended.</summary>
    public IReadOnlyList<string> Found { get; init; } = [];

    /// <summary>How many inputs were kept because they reached something new; null where nothing was instrumented.</summary>
    public int? Kept { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Part}: {Inputs} inputs, seed {Seed}, {Violations} violations, {Seconds:0.0} s, {Oracle}{(Kept is { } kept ? $", {kept} kept by coverage" : "")}");
}
