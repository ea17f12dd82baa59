namespace Sluice.Settings;

/// <summary>Who may deliver webhooks to <c>/api/hooks/{source}</c>, and how they prove who they are.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section that is bound to this.</summary>
    public const string Section = "Sluice:Hooks";

    /// <summary>The sources by name; the name is the last part of the URL. The default is none.</summary>
    public IDictionary<string, WebhookSourceOptions> Sources { get; } = new Dictionary<string, WebhookSourceOptions>(StringComparer.OrdinalIgnoreCase);
}
