namespace Sluice.Names;

/// <summary>
/// Azure's rules for blob names
/// (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata#blob-names),
/// and our own: nothing that a URL, a file system or a log line could interpret in two ways.
/// </summary>
internal static class BlobName
{
    private const int MaxCharacters = 1_024;
    private const int MaxSegments = 254;

    /// <summary>Returns what is wrong with a name, or null.</summary>
    public static string? Problem(string name)
    {
        if (name.Length is 0 or > MaxCharacters)
        {
            return $"A blob name must have 1 to {MaxCharacters} characters.";
        }

        if (!IsText(name))
        {
            return "A blob name must not contain control characters or unpaired surrogates.";
        }

        if (name.Contains("%2F", StringComparison.OrdinalIgnoreCase) || name.Contains('\\'))
        {
            return "Separate the segments of a blob name with '/'. An encoded slash or a backslash is ambiguous.";
        }

        var segments = name.Split('/');
        if (segments.Length > MaxSegments)
        {
            return $"A blob name must have at most {MaxSegments} segments.";
        }

        return segments.Any(part => part.Length == 0 || part.EndsWith('.'))
            ? "A segment of a blob name must not be empty, '.' or '..', and must not end with a dot."
            : null;
    }

    /// <summary>Returns what is wrong with the beginning of names, or null. It may end anywhere in a segment, and may be empty.</summary>
    public static string? PrefixProblem(string prefix) => prefix.Length > MaxCharacters
        ? $"A prefix must have at most {MaxCharacters} characters."
        : IsText(prefix) ? null : "A prefix must not contain control characters or unpaired surrogates.";

    /// <summary>Appends a suffix to a name, and truncates the name if the result would be too long.</summary>
    public static string Extend(string name, string suffix)
    {
        var kept = Math.Min(name.Length, MaxCharacters - suffix.Length);
        return name[..(kept < name.Length && char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept)] + suffix;
    }

    private static bool IsText(string name) =>
        !name.Any(static c => char.IsControl(c) || c is '\uFFFE' or '\uFFFF') && IsWellFormed(name);

    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name, i++)))
            {
                return false;
            }
        }

        return true;
    }
}
