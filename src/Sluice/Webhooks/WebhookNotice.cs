using Sluice.Downstream;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The destination of a source's events: <see cref="WebhookNotifyOptions"/>, compiled.</summary>
internal sealed record WebhookNotice(RelayPath To, EventSigner Signer)
{
    /// <summary>Compiles it; null if anything is wrong, which is reported without the secret.</summary>
    public static WebhookNotice? Compile(WebhookNotifyOptions options, IReadOnlyCollection<string> targets, SettingProblems problems)
    {
        if (string.IsNullOrWhiteSpace(options.Target))
        {
            problems.Missing("Target", "it is required and names the service to notify");
        }
        else if (!targets.Contains(options.Target))
        {
            problems.Add("Target", options.Target, "not one of Sluice:Relay:Targets");
        }

        if (RelayPath.Problem(options.Path) is { } problem)
        {
            problems.Add("Path", options.Path, problem.TrimEnd('.'));
        }

        if (EventSigner.From(options.Secret) is { } signer)
        {
            return new WebhookNotice(new RelayPath(options.Target ?? "", options.Path), signer);
        }

        problems.Missing("Secret", "it is whsec_ and 24 to 64 bytes in base64, and the service verifies the event with it");
        return null;
    }
}
