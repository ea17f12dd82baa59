namespace Sluice.AspNetCore.Results;

/// <summary>What became of each file of a form.</summary>
/// <param name="Container">The container.</param>
/// <param name="Files">The files, in the order in which they came.</param>
/// <param name="Problem">Why the form was not read to its end, where that is of none of its files.</param>
internal sealed record FormResponse(string Container, IReadOnlyList<FormFileResponse> Files, ProblemResponse? Problem);
