using System.Security.Cryptography;
using System.Text;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// HTTP Message Signatures (RFC 9421). The signature covers the head of the request, so it is verified before the body is read; what it
/// says about the body is its <c>Content-Digest</c> (RFC 9530), which gates the commit.
/// </summary>
/// <param name="source">The source's name.</param>
/// <param name="recipe">What a signature has to be.</param>
/// <param name="keys">The keys.</param>
/// <param name="time">How close the time of a signature must be.</param>
/// <param name="ids">Where the delivery id is.</param>
internal sealed class MessageSignatureScheme(
    string source, MessageSignatureRecipe recipe, ISignatureKeys keys, SignedTime time, DeliveryIdRule ids) : WebhookScheme(source)
{
    // Each is verified, before the sender is known.
    private const int MaxSignatures = 4;

    public override bool SignsHeaders => true;

    /// <summary>Creates the scheme of a source; null if anything is wrong, which is reported.</summary>
    public static WebhookScheme? From(string source, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems)
    {
        var recipe = MessageSignatureRecipe.Compile(options, problems);
        var keys = recipe is null ? null : Keys(recipe.Algorithm, options, ed25519, problems);
        var ids = DeliveryIdRule.Compile(options, DeliveryIdRule.Nowhere, problems);
        return keys is null ? null : new MessageSignatureScheme(source, recipe!, keys, new(options.Tolerance), ids);
    }

    public override Result<WebhookClaim> Begin(Func<string, string?> component, DateTimeOffset now)
    {
        var known = recipe.At(component);
        if (!SignatureHeader.Read(component, MessageSignatures.Input).TryGet(out var input, out var failure)
            || !SignatureHeader.Read(component, MessageSignatures.Signature).TryGet(out var signature, out failure)
            || !Digest(component).TryGet(out var digest, out failure))
        {
            return failure;
        }

        if (MessageSignatures.Read(input, signature) is not { } signatures)
        {
            return SignatureFailure.Malformed(
                MessageSignatures.Input, "it and Signature are not dictionaries with distinct labels (RFC 9421)");
        }

        failure = signatures.Count == 0 ? SignatureFailure.Missing(MessageSignatures.Signature)
            : signatures.Count > MaxSignatures
                ? SignatureFailure.Malformed(MessageSignatures.Signature, $"it has more than {MaxSignatures} signatures")
            : FirstFailure(signatures, known, now);
        if (failure is not null)
        {
            return failure;
        }

        // Covered, if it is in a header: the recipe requires it.
        return ids.Read(component, out var id) is { } unnamed
            ? unnamed
            : new WebhookClaim(new DigestCheck(digest)) { DeliveryId = id, IdIsSigned = id is not null, IdPointers = ids.Pointers };
    }

    // Null if one of them is valid; otherwise what is wrong with the first.
    private Failure? FirstFailure(IReadOnlyList<MessageSignature> signatures, Func<string, string?> component, DateTimeOffset now)
    {
        var failures = signatures.Select(one => Verify(one, component, now)).ToList();
        return failures.Contains(null) ? null : failures[0];
    }

    private Failure? Verify(MessageSignature signature, Func<string, string?> component, DateTimeOffset now)
    {
        if (recipe.Problem(signature) is { } problem)
        {
            return SignatureFailure.Unacceptable(MessageSignatures.Input, problem);
        }

        if (time.Check(MessageSignatures.Input, signature.Created!.Value, now) is { } untimely)
        {
            return untimely;
        }

        if (signature.Expires < now.ToUnixTimeSeconds())
        {
            return SignatureFailure.Expired(MessageSignatures.Input);
        }

        if (signature.Base(component) is not { } text)
        {
            return SignatureFailure.Unacceptable(
                MessageSignatures.Input, "it covers a component twice, or one that this request lacks or that is not supported");
        }

        using var check = keys.Check(Encoding.Latin1.GetBytes(text), [], [signature.Signature]);
        return check.Verify() is null ? null : SignatureFailure.Invalid(Phase.Admit);
    }

    // The strongest digest. Others of the same header are checked with the body too, as those of any upload are.
    private static Result<Digest> Digest(Func<string, string?> component)
    {
        if (!SignatureHeader.Read(component, DigestField.Content).TryGet(out var text, out var failure)
            || !DigestField.Read(DigestField.Content, [text]).TryGet(out var digests, out failure))
        {
            return failure;
        }

        return digests.Count > 0
            ? digests[^1]
            : SignatureFailure.Malformed(DigestField.Content, "it has neither sha-256 nor sha-512");
    }

    private static ISignatureKeys? Keys(
        WebhookMessageAlgorithm algorithm, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems)
    {
        const DSASignatureFormat Fixed = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;
        return algorithm switch
        {
            WebhookMessageAlgorithm.HmacSha256 => new HmacKeys(
                WebhookHmacAlgorithm.Sha256,
                SecretList.Read(
                    options.Secrets,
                    static secret => SignatureCode.Decode(secret, WebhookEncoding.Base64) is { Length: > 0 } key ? key : null,
                    "base64", problems)),
            WebhookMessageAlgorithm.Ed25519 => PublicKeyList.Ed25519(options, ed25519, problems),
            WebhookMessageAlgorithm.EcdsaP256Sha256 => PublicKeyList.Ecdsa(options, 256, HashAlgorithmName.SHA256, Fixed, problems),
            WebhookMessageAlgorithm.EcdsaP384Sha384 => PublicKeyList.Ecdsa(options, 384, HashAlgorithmName.SHA384, Fixed, problems),
            WebhookMessageAlgorithm.RsaV15Sha256 =>
                PublicKeyList.Rsa(options, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, problems),
            _ => PublicKeyList.Rsa(options, HashAlgorithmName.SHA512, RSASignaturePadding.Pss, problems),
        };
    }
}
