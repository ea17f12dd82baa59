namespace Sluice.Storage;

/// <summary>
/// What is stored with a blob, beside its bytes. The commit sets all of it atomically with the content. Storage takes it as HTTP fields,
/// whose values have no leading or trailing blanks (RFC 9110, section 5.5): such blanks are removed here, wherever a value comes from, and
/// a value that is then empty is not stored. Otherwise storage would refuse the commit after all bytes were received: it signs the value
/// without the blanks.
/// </summary>
internal sealed record BlobProperties
{
    /// <summary>The <c>Content-Type</c> to store.</summary>
    public string? ContentType { get; init => field = BlobMetadata.Trim(value); }

    /// <summary>The <c>Content-Encoding</c> to store.</summary>
    public string? ContentEncoding { get; init => field = BlobMetadata.Trim(value); }

    /// <summary>The <c>Content-Language</c> to store.</summary>
    public string? ContentLanguage { get; init => field = BlobMetadata.Trim(value); }

    /// <summary>The <c>Content-Disposition</c> to store.</summary>
    public string? ContentDisposition { get; init => field = BlobMetadata.Trim(value); }

    /// <summary>The <c>Cache-Control</c> to store.</summary>
    public string? CacheControl { get; init => field = BlobMetadata.Trim(value); }

    /// <summary>The blob's metadata (<c>x-ms-meta-*</c>): names are C# identifiers, values are printable ASCII.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init => field = BlobMetadata.Trim(value); } =
        new Dictionary<string, string>();

    /// <summary>What storage does with the blob beside keeping its bytes.</summary>
    public BlobFeatures Features { get; init; } = BlobFeatures.None;

    /// <summary>Returns what can't be stored, or null. Storage takes these as HTTP headers, so they must be printable ASCII.</summary>
    public string? Problem()
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[
            ("Content-Type", ContentType),
            ("Content-Encoding", ContentEncoding),
            ("Content-Language", ContentLanguage),
            ("Content-Disposition", ContentDisposition),
            ("Cache-Control", CacheControl)])
        {
            if (value?.Any(c => c is < ' ' or > '~') == true)
            {
                return $"{name} is not printable ASCII. Put a file name with other characters into filename*= (RFC 8187).";
            }
        }

        return BlobMetadata.Problem(Metadata);
    }
}
