namespace Sluice.Storage;

/// <summary>The result of a commit.</summary>
/// <param name="ETag">The new entity tag, quotes included.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="Blocks">How many blocks the blob is made of; 0 for one that took a single Put Blob.</param>
internal sealed record Committed(string ETag, DateTimeOffset LastModified, int Blocks);
