using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Multipart;

/// <summary>The result for one file of a form.</summary>
/// <param name="Field">The form's field.</param>
/// <param name="FileName">The file name that the sender declared.</param>
/// <param name="Name">The name of its blob.</param>
internal sealed record FormEntry(string Field, string FileName, string Name)
{
    /// <summary>What was stored; null if nothing was.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>Why it was not stored.</summary>
    public Failure? Failure { get; init; }
}
