using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// Stripe: the time and one or more signatures in one header, <c>t=…,v1=…,v1=…</c>; the signed text is the time, a full stop and the body
/// (https://docs.stripe.com/webhooks?verify=verify-manually#verify-manually). Other kinds of signature, such as <c>v0</c>, are skipped.
/// </summary>
internal sealed class StripeScheme(string source, HmacKeys keys, SignedTime time, DeliveryIdRule ids) : WebhookScheme(source)
{
    private const string Header = "Stripe-Signature";

    public static StripeScheme From(string source, WebhookSourceOptions options, SettingProblems problems) => new(
        source,
        new(WebhookHmacAlgorithm.Sha256, SecretList.Read(options.Secrets, Key, "the signing secret of an endpoint, whsec_…", problems)),
        new(options.Tolerance),
        DeliveryIdRule.Compile(options, DeliveryIdRule.At("/id"), problems));

    public override Result<WebhookClaim> Begin(Func<string, string?> header, DateTimeOffset now)
    {
        if (!SignatureHeader.Read(header, Header).TryGet(out var text, out var failure))
        {
            return failure;
        }

        if (!Parts(text).TryGet(out var parts, out failure))
        {
            return failure;
        }

        var (timestamp, signatures) = parts;
        if (time.Check(Header, timestamp, now) is { } untimely)
        {
            return untimely;
        }

        if (signatures.Count == 0)
        {
            return SignatureFailure.Missing(Header);
        }

        if (ids.Read(header, out var id) is { } unnamed)
        {
            return unnamed;
        }

        return new WebhookClaim(
            keys.Check(System.Text.Encoding.UTF8.GetBytes($"{timestamp}."), signatures))
        { DeliveryId = id, IdPointers = ids.Pointers };
    }

    private Result<(string Timestamp, IReadOnlyList<byte[]> Signatures)> Parts(string header)
    {
        string? timestamp = null;
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(','))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
            {
                if (timestamp is not null)
                {
                    return SignatureFailure.Malformed(Header, "it has more than one timestamp");
                }

                timestamp = part[2..];
            }
            else if (part.StartsWith("v1=", StringComparison.Ordinal))
            {
                if (SignatureCode.DecodeSignature(part.AsSpan(3), WebhookEncoding.Hex) is not { } signature
                    || signature.Length != keys.SignatureBytes)
                {
                    return SignatureFailure.Malformed(Header, "v1 is not a SHA-256 in hexadecimal");
                }

                signatures.Add(signature);
            }
        }

        return signatures.Count > SignatureHeader.MaxSignatures
            ? SignatureFailure.Malformed(Header, $"it has more than {SignatureHeader.MaxSignatures} signatures")
            : (timestamp ?? "", signatures);
    }

    // Used as written: whsec_ is part of the key, unlike elsewhere. Stripe's other keys begin with sk_, pk_ or rk_.
    private static byte[]? Key(string secret) =>
        secret.StartsWith("whsec_", StringComparison.Ordinal) ? SignatureCode.Decode(secret, WebhookEncoding.Text) : null;
}
