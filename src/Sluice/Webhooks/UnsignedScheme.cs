using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The scheme <c>none</c>: accepts every request to the URL. For URLs that a gateway or a host key protects.</summary>
internal sealed class UnsignedScheme(string source, DeliveryIdRule ids) : WebhookScheme(source)
{
    public static UnsignedScheme From(string source, WebhookSourceOptions options, SettingProblems problems)
    {
        if (options.Secrets.Count > 0)
        {
            problems.Under("Secrets").Whole("is set, but the scheme none verifies nothing: remove it, or choose another Scheme");
        }

        return new(source, DeliveryIdRule.Compile(options, DeliveryIdRule.Nowhere, problems));
    }

    public override Result<WebhookClaim> Begin(Func<string, string?> component, DateTimeOffset now) =>
        ids.Read(component, out var id) is { } failure
            ? failure
            : new WebhookClaim(NoCheck.Instance) { DeliveryId = id, IdPointers = ids.Pointers };
}
