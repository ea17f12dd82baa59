namespace Sluice.AspNetCore.Results;

/// <summary>A text field of a form that has another name as metadata, or none.</summary>
/// <param name="Field">The name of the form field.</param>
/// <param name="Metadata">The name of the metadata; null if the field was left out.</param>
internal sealed record FormFieldResponse(string Field, string? Metadata);
