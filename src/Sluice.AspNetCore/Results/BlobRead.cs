using Sluice.AspNetCore.Requests;
using Sluice.Storage;

namespace Sluice.AspNetCore.Results;

/// <summary>What is sent back of a blob.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Plan">Which part of it, with which status.</param>
/// <param name="Content">Its bytes; null if the response has none. Disposed of once it was sent.</param>
internal sealed record BlobRead(StoredBlob Blob, ReadPlan Plan, Stream? Content);
