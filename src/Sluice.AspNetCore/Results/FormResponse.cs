namespace Sluice.AspNetCore.Results;

/// <summary>The result of each file of a form.</summary>
/// <param name="Container">The container.</param>
/// <param name="Files">The files, in the order of the form.</param>
/// <param name="Problem">Why the form was not read to its end, if no single file is the cause.</param>
internal sealed record FormResponse(string Container, IReadOnlyList<FormFileResponse> Files, ProblemResponse? Problem);
