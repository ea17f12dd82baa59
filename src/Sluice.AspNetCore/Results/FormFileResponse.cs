namespace Sluice.AspNetCore.Results;

/// <summary>The result of one file of a form.</summary>
/// <param name="Field">The name of the form field.</param>
/// <param name="FileName">The file name that the sender gave.</param>
/// <param name="Status">
/// The status that a separate request for this file would have; 424 if the file was not stored because another one failed.
/// </param>
/// <param name="Location">The path of the blob.</param>
/// <param name="Receipt">The receipt, if the file was stored.</param>
/// <param name="Problem">Why the file was not stored.</param>
internal sealed record FormFileResponse(
    string Field, string FileName, int Status, string? Location, ReceiptResponse? Receipt, ProblemResponse? Problem);
