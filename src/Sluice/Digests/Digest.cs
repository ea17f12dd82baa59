namespace Sluice.Digests;

/// <summary>A declared or computed digest of a body.</summary>
/// <param name="Algorithm">How it is computed.</param>
/// <param name="Value">Its bytes, in the order in which they are written.</param>
internal sealed record Digest(DigestAlgorithm Algorithm, byte[] Value)
{
    /// <summary>The bytes in base64, as used in headers, metadata and receipts.</summary>
    public string Base64 => Convert.ToBase64String(Value);

    /// <summary>The digests that are stored with a blob and reported, by their names in RFC 9530, in base64.</summary>
    public static Dictionary<string, string> Reported(IEnumerable<Digest> digests) =>
        digests.Where(static digest => digest.Algorithm.Metadata is not null)
            .ToDictionary(static digest => digest.Algorithm.Name, static digest => digest.Base64);
}
