using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>A body that was here before.</summary>
/// <param name="Target">The blob that has its bytes.</param>
/// <param name="First">What is stored there.</param>
internal sealed record Duplicate(BlobTarget Target, StoredBlob First);
