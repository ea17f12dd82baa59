using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// The signatures of one header: each is a version, a comma and base64; they are separated by spaces. Signatures of versions for which
/// there is no secret are skipped, as those of future versions must be; so are those that can't be parsed, as long as there is another.
/// </summary>
internal sealed record StandardWebhooksSignatures(IReadOnlyList<byte[]> Symmetric, IReadOnlyList<byte[]> Asymmetric)
{
    public static Result<StandardWebhooksSignatures> Read(string header, string text, StandardWebhooksKeys keys)
    {
        var (symmetric, asymmetric) = (new List<byte[]>(), new List<byte[]>());
        var all = text.Split(' ');
        if (all.Length > SignatureHeader.MaxSignatures)
        {
            return SignatureFailure.Malformed(header, $"it has more than {SignatureHeader.MaxSignatures} signatures");
        }

        string? malformed = null;
        foreach (var one in all)
        {
            var comma = one.IndexOf(',', StringComparison.Ordinal);
            var (into, length) = comma < 0 ? (null, 0) : one[..comma] switch
            {
                "v1" when keys.Symmetric.Count > 0 => (symmetric, keys.Symmetric.SignatureBytes!.Value),
                "v1a" when keys.Asymmetric.Count > 0 => (asymmetric, Ed25519Check.SignatureBytes),
                _ => (null, 0),
            };
            if (into is null)
            {
                continue;
            }

            if (SignatureCode.DecodeSignature(one.AsSpan(comma + 1), WebhookEncoding.Base64) is { } signature
                && signature.Length == length)
            {
                into.Add(signature);
            }
            else
            {
                malformed ??= $"{one[..comma]} is not {length} bytes in base64";
            }
        }

        return asymmetric.Count > keys.Asymmetric.MaxSignatures
            ? SignatureFailure.Malformed(header, $"it has more than {keys.Asymmetric.MaxSignatures} v1a signatures")
            : symmetric.Count + asymmetric.Count > 0 ? new StandardWebhooksSignatures(symmetric, asymmetric)
            : malformed is null ? SignatureFailure.Missing(header)
            : SignatureFailure.Malformed(header, malformed);
    }
}
