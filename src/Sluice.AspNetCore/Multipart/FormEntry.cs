using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Multipart;

/// <summary>What became of one file of a form.</summary>
/// <param name="Field">The form's field.</param>
/// <param name="FileName">What the sender calls it.</param>
/// <param name="Name">What its blob is called.</param>
internal sealed record FormEntry(string Field, string FileName, string Name)
{
    /// <summary>What was stored; null where it was not.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>Why it was not stored.</summary>
    public Failure? Failure { get; init; }
}
