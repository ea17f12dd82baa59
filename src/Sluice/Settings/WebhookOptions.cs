namespace Sluice.Settings;

/// <summary>Who may deliver webhooks to <c>/api/hooks/{source}</c>, and how senders authenticate.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Hooks";

    /// <summary>The sources by name; the name is the last segment of the URL. The default is none.</summary>
    public IDictionary<string, WebhookSourceOptions> Sources { get; } =
        new Dictionary<string, WebhookSourceOptions>(StringComparer.OrdinalIgnoreCase);
}
