using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>What is known of an upload that is not stored, or not yet.</summary>
/// <param name="Id">Its random id.</param>
/// <param name="Origin">Where it came from.</param>
internal sealed record UploadNote(Guid Id, UploadOrigin Origin)
{
    /// <summary>The blob that it becomes; null as long as nothing has chosen one.</summary>
    public BlobTarget? Target { get; init; }

    /// <summary>Its length in bytes, if it was declared.</summary>
    public long? Length { get; init; }

    /// <summary>The metadata that its sender gave it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
