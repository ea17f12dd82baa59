using System.Text;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// Standard Webhooks: the signed text is the id, the time and the body, separated by full stops
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). <c>v1</c> is an HMAC, <c>v1a</c> is
/// Ed25519. Svix, where it originates, uses the same with its own header names and may send either
/// (https://docs.svix.com/receiving/verifying-payloads/how-manual).
/// </summary>
/// <param name="source">The source's name.</param>
/// <param name="families">The prefixes of the three headers; the first one whose signature header is present is used for all three.</param>
/// <param name="keys">The secrets of <c>v1</c> and <c>v1a</c>.</param>
/// <param name="time">How close the signed time must be.</param>
internal sealed class StandardWebhooksScheme(
    string source, string[] families, StandardWebhooksKeys keys, SignedTime time) : WebhookScheme(source)
{
    public static StandardWebhooksScheme Standard(
        string source, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems) =>
        From(source, ["webhook"], options, ed25519, problems);

    public static StandardWebhooksScheme Svix(string source, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems) =>
        From(source, ["svix", "webhook"], options, ed25519, problems);

    public override Result<WebhookClaim> Begin(Func<string, string?> component, DateTimeOffset now)
    {
        var family = families.FirstOrDefault(family => component($"{family}-signature") is not null, families[0]);
        var (idHeader, timeHeader) = ($"{family}-id", $"{family}-timestamp");
        if (!SignatureHeader.Read(component, $"{family}-signature").TryGet(out var text, out var failure)
            || !SignatureHeader.Read(component, timeHeader).TryGet(out var timestamp, out failure)
            || !SignatureHeader.Read(component, idHeader).TryGet(out var id, out failure))
        {
            return failure;
        }

        if (time.Check(timeHeader, timestamp, now) is { } untimely)
        {
            return untimely;
        }

        // If the id contained a full stop, its end could be taken for the time, and the time for the body's beginning.
        if (!DeliveryIds.IsValid(id) || id.Contains('.', StringComparison.Ordinal))
        {
            return SignatureFailure.Malformed(
                idHeader,
                $"an id has at most {DeliveryIds.MaxCharacters} visible ASCII characters and no full stop, "
                    + $"which is the separator in the signed text");
        }

        if (!StandardWebhooksSignatures.Read($"{family}-signature", text, keys).TryGet(out var signatures, out failure))
        {
            return failure;
        }

        var beforeBody = Encoding.ASCII.GetBytes($"{id}.{timestamp}.");
        var checks = new List<IBodyCheck>();
        if (signatures.Symmetric.Count > 0)
        {
            checks.Add(keys.Symmetric.Check(beforeBody, [], signatures.Symmetric));
        }

        if (signatures.Asymmetric.Count > 0)
        {
            checks.Add(keys.Asymmetric.Check(beforeBody, [], signatures.Asymmetric));
        }

        return new WebhookClaim(checks is [var only] ? only : new AnyOfCheck(checks))
        {
            DeliveryId = id,
            IdIsSigned = true,
            MaxBytes = signatures.Symmetric.Count > 0 ? null : keys.Asymmetric.MaxBodyBytes,
        };
    }

    private static StandardWebhooksScheme From(
        string source, string[] families, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems)
    {
        if (options.IdHeader is not null || options.IdPointer is not null)
        {
            problems.Whole($"has IdHeader or IdPointer: the signed id is in {families[0]}-id");
        }

        return new(source, families, StandardWebhooksKeys.Compile(options.Secrets, ed25519, problems), new(options.Tolerance));
    }
}
