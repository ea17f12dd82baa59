using Sluice.Failures;

namespace Sluice.AspNetCore.Multipart;

/// <summary>The result of a form.</summary>
/// <param name="Container">The destination of its files.</param>
/// <param name="Files">Its files, in the order in which they arrived.</param>
/// <param name="Fields">Its text fields that have other names as metadata; null for one that was left out.</param>
/// <param name="Failure">Why the form was not read to its end, if the failure does not belong to one of its files.</param>
internal sealed record FormOutcome(
    string Container, IReadOnlyList<FormEntry> Files, IReadOnlyDictionary<string, string?> Fields, Failure? Failure)
{
    /// <summary>
    /// The first failure, or null. Files that were abandoned because of it rank after it, whatever their place in the form.
    /// </summary>
    public Failure? FirstFailure => Failures.OrderBy(static failure => failure.Kind == FailureKind.FormAbandoned).FirstOrDefault();

    /// <summary>Whether this instance shut down before the form ended.</summary>
    public bool IsShutDown => Failures.Any(static failure => failure.Kind == FailureKind.ShuttingDown);

    /// <summary>Whether anything of it is visible.</summary>
    public bool IsAnythingStored => Files.Any(static file => file.Receipt is not null);

    private IEnumerable<Failure> Failures => Files.Select(static file => file.Failure).Append(Failure).OfType<Failure>();
}
