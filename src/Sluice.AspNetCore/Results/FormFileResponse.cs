namespace Sluice.AspNetCore.Results;

/// <summary>What became of one file of a form.</summary>
/// <param name="Field">The form's field.</param>
/// <param name="FileName">What the sender called it.</param>
/// <param name="Status">
/// The status that it would have been answered with by itself; 424 for one that was given up for another's sake.
/// </param>
/// <param name="Location">The path that the blob is read from.</param>
/// <param name="Receipt">What was stored.</param>
/// <param name="Problem">Why nothing was.</param>
internal sealed record FormFileResponse(
    string Field, string FileName, int Status, string? Location, ReceiptResponse? Receipt, ProblemResponse? Problem);
