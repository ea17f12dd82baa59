using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>Signatures in a header: GitHub, Stripe, Slack, Shopify, and any sender that the settings describe.</summary>
/// <param name="source">The source's name.</param>
/// <param name="recipe">Where the signature is, and what it signs.</param>
/// <param name="keys">The keys.</param>
/// <param name="time">How close the signed time must be.</param>
/// <param name="ids">Where the delivery id is.</param>
internal sealed class SignedScheme(
    string source, SignatureRecipe recipe, ISignatureKeys keys, SignedTime time, DeliveryIdRule ids) : WebhookScheme(source)
{
    public override Result<WebhookClaim> Begin(Func<string, string?> component, DateTimeOffset now)
    {
        if (!Signatures(component).TryGet(out var signatures, out var failure)
            || !Timestamp(component, now).TryGet(out var timestamp, out failure))
        {
            return failure;
        }

        if (Id(component, out var id) is { } unnamed)
        {
            return unnamed;
        }

        var check = keys.Check(recipe.Text.BeforeBody(timestamp, id), recipe.Text.AfterBody(timestamp), signatures);
        return new WebhookClaim(check)
        {
            DeliveryId = id,
            IdIsSigned = recipe.Text.HasId,
            IdPointers = ids.Pointers,
            MaxBytes = keys.MaxBodyBytes,
        };
    }

    // One that can't be parsed does not spoil the others.
    private Result<IReadOnlyList<byte[]>> Signatures(Func<string, string?> component)
    {
        var signatures = new List<byte[]>();
        string? malformed = null;
        foreach (var header in recipe.Headers.Where(header => !string.IsNullOrEmpty(component(header))))
        {
            if (!SignatureHeader.Read(component, header).TryGet(out var text, out var failure))
            {
                return failure;
            }

            foreach (var value in recipe.Fields is { } fields ? fields.Values(text, fields.Signature) : [text])
            {
                if (Decode(value) is { } signature)
                {
                    signatures.Add(signature);
                }
                else
                {
                    malformed ??= header;
                }
            }
        }

        return signatures.Count > keys.MaxSignatures
            ? SignatureFailure.Malformed(recipe.Headers[0], $"it has more than {keys.MaxSignatures} signatures")
            : signatures.Count > 0 ? signatures
            : malformed is null ? SignatureFailure.Missing(recipe.Headers[0])
            : SignatureFailure.Malformed(malformed, "it does not have the format that this source expects");
    }

    private byte[]? Decode(string value) =>
        value.StartsWith(recipe.Prefix, StringComparison.Ordinal)
        && SignatureCode.DecodeSignature(value.AsSpan(recipe.Prefix.Length), recipe.Encoding) is { Length: > 0 } signature
        && (keys.SignatureBytes is not { } length || signature.Length == length)
            ? signature
            : null;

    // Empty if no time is signed.
    private Result<string> Timestamp(Func<string, string?> component, DateTimeOffset now)
    {
        if (!recipe.Text.HasTimestamp)
        {
            return "";
        }

        if (recipe.TimestampHeader is { } header)
        {
            return SignatureHeader.Read(component, header).TryGet(out var text, out var missing)
                ? Timely(header, text, now)
                : missing;
        }

        var holder = recipe.Headers.First(name => !string.IsNullOrEmpty(component(name)));
        return recipe.Fields!.Values(component(holder)!, recipe.Fields.Timestamp!) switch
        {
            [var only] => Timely(holder, only, now),
            [] => SignatureFailure.Malformed(holder, "it has no timestamp"),
            _ => SignatureFailure.Malformed(holder, "it has more than one timestamp"),
        };
    }

    private Result<string> Timely(string header, string text, DateTimeOffset now) =>
        time.Check(header, text, now) is { } untimely ? untimely : text;

    private Failure? Id(Func<string, string?> component, out string? id)
    {
        var failure = ids.Read(component, out id);
        if (failure is not null || !recipe.Text.HasId)
        {
            return failure;
        }

        return id is null ? SignatureFailure.Missing(ids.Header!)
            : recipe.Text.IsAmbiguous(id)
                ? SignatureFailure.Malformed(ids.Header!, "the id contains the separator that follows it in the signed text")
            : null;
    }
}
