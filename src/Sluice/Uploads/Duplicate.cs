using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>A body that was received before.</summary>
/// <param name="Target">The blob that has its bytes.</param>
/// <param name="First">The properties of that blob.</param>
internal sealed record Duplicate(BlobTarget Target, StoredBlob First);
