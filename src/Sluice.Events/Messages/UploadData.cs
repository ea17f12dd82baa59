namespace Sluice.Events.Messages;

/// <summary>An upload that is not stored, or not yet, as its events describe it.</summary>
/// <param name="Upload">The id of the upload, as 32 hex digits. It grants no access.</param>
/// <param name="Metadata">The metadata that its sender gave it.</param>
/// <param name="Kind">How it came in, as in <see cref="StoredBody.Kind"/>.</param>
internal sealed record UploadData(string Upload, IReadOnlyDictionary<string, string> Metadata, string Kind)
{
    /// <summary>The container, as clients name it; null as long as nothing has chosen one.</summary>
    public string? Container { get; init; }

    /// <summary>The name of the blob; null as long as nothing has chosen one.</summary>
    public string? Name { get; init; }

    /// <summary>Its length in bytes; null as long as it is not declared.</summary>
    public long? Length { get; init; }

    /// <summary>How many of its bytes are stored, for a resumable upload.</summary>
    public long? Offset { get; init; }

    /// <summary>Until when it can be resumed, for a resumable upload that was created.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The media type that it declares; null if it declares none.</summary>
    public string? MediaType { get; init; }

    /// <summary>Why it was refused; null if it was not.</summary>
    public UploadProblem? Problem { get; init; }

    /// <summary>The rule that chose its blob; null if none did.</summary>
    public string? Rule { get; init; }

    /// <summary>The source of webhooks that delivered it; null for anything else.</summary>
    public string? Source { get; init; }

    /// <summary>The id of who sent it; null if only an address is known.</summary>
    public string? Caller { get; init; }
}
