using Sluice.Failures;

namespace Sluice.AspNetCore.Multipart;

/// <summary>What became of a form.</summary>
/// <param name="Container">Where its files went.</param>
/// <param name="Files">Its files, in the order in which they came.</param>
/// <param name="Failure">Why it was not read to its end, where that is of none of its files.</param>
internal sealed record FormOutcome(string Container, IReadOnlyList<FormEntry> Files, Failure? Failure)
{
    /// <summary>The first thing that went wrong, or null. What was given up for its sake comes after it, whatever its place in the form.</summary>
    public Failure? FirstFailure => Failures.OrderBy(static failure => failure.Kind == FailureKind.FormAbandoned).FirstOrDefault();

    /// <summary>Whether this instance could not wait for its end.</summary>
    public bool IsShutDown => Failures.Any(static failure => failure.Kind == FailureKind.ShuttingDown);

    /// <summary>Whether anything of it is visible.</summary>
    public bool IsAnythingStored => Files.Any(static file => file.Receipt is not null);

    private IEnumerable<Failure> Failures => Files.Select(static file => file.Failure).Append(Failure).OfType<Failure>();
}
