namespace Sluice.Storage;

/// <summary>A blob in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ETag">Its entity tag, quotes included.</param>
/// <param name="LastModified">When it was last written.</param>
/// <param name="ContentType">The stored <c>Content-Type</c>, if there is one.</param>
/// <param name="ContentEncoding">The stored <c>Content-Encoding</c>, if there is one.</param>
internal sealed record ListedBlob(
    string Name, long Length, string ETag, DateTimeOffset LastModified, string? ContentType, string? ContentEncoding);
