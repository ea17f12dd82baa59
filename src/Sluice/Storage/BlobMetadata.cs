using Sluice.Digests;

namespace Sluice.Storage;

/// <summary>
/// Azure's rules for metadata
/// (https://learn.microsoft.com/rest/api/storageservices/setting-and-retrieving-properties-and-metadata-for-blob-resources),
/// and the names reserved for Sluice; those of digests are in <see cref="DigestAlgorithm.Metadata"/>.
/// </summary>
internal static class BlobMetadata
{
    /// <summary>
    /// The upload that made the blob. Distinguishes a commit whose answer was lost from a commit that another writer overtook.
    /// </summary>
    public const string Upload = "sluice_upload";

    /// <summary>tus: <c>Upload-Concat</c> of the upload that made the blob, if it was made of parts.</summary>
    public const string Concatenation = "sluice_concat";

    private const string Reserved = "sluice_";
    private const int MaxBytes = 8 * 1024 - 256;

    /// <summary>True for names that Sluice itself uses. Users can't set them, and they are not shown as the user's metadata.</summary>
    public static bool IsReserved(string name) => name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns what is wrong with an upload's metadata, or null.</summary>
    public static string? Problem(IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            if (!IsIdentifier(name))
            {
                return $"The metadata name '{name}' is not a C# identifier, as Azure Blob Storage requires: letters, digits and '_'.";
            }

            if (IsReserved(name))
            {
                return $"Metadata names that begin with '{Reserved}' are reserved for Sluice.";
            }

            if (value.Any(c => c is < ' ' or > '~'))
            {
                return $"The value of the metadata '{name}' is not printable ASCII.";
            }
        }

        var bytes = metadata.Sum(pair => pair.Key.Length + pair.Value.Length);
        return bytes > MaxBytes ? $"The metadata has {bytes} bytes; the maximum is {MaxBytes}." : null;
    }

    /// <summary>A value as allowed in an HTTP field: without leading or trailing blanks. Null if nothing else is left.</summary>
    public static string? Trim(string? value) => value?.Trim(' ', '\t') is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>Trims all values. A blank value is left out, unless its name is a problem (<see cref="Problem"/>).</summary>
    public static IReadOnlyDictionary<string, string> Trim(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Values.All(static value => value.Length > 0 && value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t')))
        {
            return metadata;
        }

        var trimmed = new Dictionary<string, string>((metadata as Dictionary<string, string>)?.Comparer);
        foreach (var (name, value) in metadata)
        {
            if (Trim(value) is { } kept)
            {
                trimmed.Add(name, kept);
            }
            else if (!IsIdentifier(name) || IsReserved(name))
            {
                trimmed.Add(name, "");
            }
        }

        return trimmed;
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (name[0] == '_' || char.IsAsciiLetter(name[0])) && name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c));
}
