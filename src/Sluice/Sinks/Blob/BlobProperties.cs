namespace Sluice;

/// <summary>What is stored beside the bytes of a blob. All of it is set by the commit, atomically with the content.</summary>
public sealed record BlobProperties
{
    /// <summary>The <c>Content-Type</c> to store.</summary>
    public string? ContentType { get; init; }

    /// <summary>The <c>Content-Encoding</c> to store.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The <c>Content-Language</c> to store.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The <c>Content-Disposition</c> to store.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The <c>Cache-Control</c> to store.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The blob's metadata (<c>x-ms-meta-*</c>): names are C# identifiers, values are printable ASCII.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
