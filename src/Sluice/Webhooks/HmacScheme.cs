using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>One HMAC in one header: GitHub, Slack, Shopify, and any sender that the settings describe.</summary>
/// <param name="source">The source's name.</param>
/// <param name="recipe">How the HMAC is computed and sent.</param>
/// <param name="keys">The secrets.</param>
/// <param name="time">How close the signed time must be.</param>
/// <param name="ids">Where the delivery id is.</param>
internal sealed class HmacScheme(
    string source, HmacRecipe recipe, HmacKeys keys, SignedTime time, DeliveryIdRule ids) : WebhookScheme(source)
{
    public override Result<WebhookClaim> Begin(Func<string, string?> header, DateTimeOffset now)
    {
        if (!SignatureHeader.Read(header, recipe.Header).TryGet(out var text, out var failure))
        {
            return failure;
        }

        if (!text.StartsWith(recipe.Prefix, StringComparison.Ordinal)
            || SignatureCode.DecodeSignature(text.AsSpan(recipe.Prefix.Length), recipe.Encoding) is not { } signature
            || signature.Length != keys.SignatureBytes)
        {
            return SignatureFailure.Malformed(recipe.Header, "it does not have the format that this source expects");
        }

        if (Timestamp(header, now, out var timestamp) is { } untimely)
        {
            return untimely;
        }

        if (Id(header, out var id) is { } unnamed)
        {
            return unnamed;
        }

        return new WebhookClaim(keys.Check(recipe.Text.BeforeBody(timestamp, id), [signature]))
        {
            DeliveryId = id,
            IdIsSigned = recipe.Text.HasId,
            IdPointers = ids.Pointers,
        };
    }

    private Failure? Timestamp(Func<string, string?> header, DateTimeOffset now, out string? timestamp)
    {
        timestamp = recipe.TimestampHeader is null ? null : header(recipe.TimestampHeader);
        if (recipe.TimestampHeader is null)
        {
            return null;
        }

        return string.IsNullOrEmpty(timestamp)
            ? SignatureFailure.Missing(recipe.TimestampHeader)
            : time.Check(recipe.TimestampHeader, timestamp, now);
    }

    private Failure? Id(Func<string, string?> header, out string? id)
    {
        var failure = ids.Read(header, out id);
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
