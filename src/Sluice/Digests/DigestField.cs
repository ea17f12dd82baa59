using Sluice.Failures;

namespace Sluice.Digests;

/// <summary>
/// The fields that digests are declared in: <c>Content-Digest</c> and <c>Repr-Digest</c> (RFC 9530, sections 2 and 3), <c>Content-MD5</c>
/// (RFC 1864), and Azure's <c>x-ms-content-crc64</c>.
/// </summary>
internal static class DigestField
{
    public const string Content = "Content-Digest";

    public const string Representation = "Repr-Digest";

    public const string Md5 = "Content-MD5";

    public const string Crc64 = "x-ms-content-crc64";

    public const string WantContent = "Want-Content-Digest";

    public const string WantRepresentation = "Want-Repr-Digest";

    /// <summary>
    /// Reads the lines of a field of RFC 9530. Unsupported algorithms are ignored, as allowed (section 2). The value of a supported one
    /// must have the right length; otherwise the field is refused, because it can't be what its sender meant.
    /// </summary>
    public static Result<IReadOnlyList<Digest>> Read(string field, IReadOnlyList<string?> lines)
    {
        if (!StructuredDictionary.TryParse(lines, out var members))
        {
            return Refused($"{field} is not a dictionary of digests, such as sha-256=:BASE64: (RFC 9530, RFC 9651).");
        }

        var digests = new List<Digest>();
        foreach (var algorithm in DigestAlgorithm.OfFields.Where(algorithm => members.ContainsKey(algorithm.Name)))
        {
            if (members[algorithm.Name].Bytes is not { } value || value.Length != algorithm.Bytes)
            {
                return Refused($"{field}: {algorithm} is not {algorithm.Bytes} bytes in base64 between colons (RFC 9530).");
            }

            digests.Add(new Digest(algorithm, value));
        }

        return digests;
    }

    /// <summary>Reads a field that is a single base64 value.</summary>
    public static Result<IReadOnlyList<Digest>> ReadOne(string field, DigestAlgorithm algorithm, IReadOnlyList<string?> lines)
    {
        var value = new byte[algorithm.Bytes];
        return lines is [{ } line] && line.Length == (algorithm.Bytes + 2) / 3 * 4
            && Convert.TryFromBase64String(line, value, out var bytes) && bytes == algorithm.Bytes
            ? (Digest[])[new Digest(algorithm, value)]
            : Refused($"{field} is not {algorithm.Bytes} bytes in base64.");
    }

    /// <summary>Writes a field of RFC 9530; null if there is nothing to report.</summary>
    public static string? Write(IEnumerable<KeyValuePair<string, string>> digests) =>
        string.Join(", ", digests.Select(static digest => $"{digest.Key}=:{digest.Value}:")) is { Length: > 0 } text ? text : null;

    private static Failure Refused(string detail) => new(FailureKind.HeaderInvalid, Phase.Admit, detail);
}
