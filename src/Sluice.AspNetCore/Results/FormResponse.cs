namespace Sluice.AspNetCore.Results;

/// <summary>The result of each file of a form.</summary>
/// <param name="Container">The container.</param>
/// <param name="Files">The files, in the order of the form.</param>
/// <param name="Fields">The text fields that have other names as metadata of the files, or were left out.</param>
/// <param name="Problem">Why the form was not read to its end, if no single file is the cause.</param>
internal sealed record FormResponse(
    string Container, IReadOnlyList<FormFileResponse> Files, IReadOnlyList<FormFieldResponse> Fields, ProblemResponse? Problem);
