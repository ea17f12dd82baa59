namespace Sluice.Settings;

/// <summary>Who may deliver webhooks to <c>/api/hooks/{source}</c>, and how they prove who they are.</summary>
public sealed class HookOptions
{
    /// <summary>The configuration section that is bound to this.</summary>
    public const string Section = "Sluice:Hooks";

    /// <summary>The sources by name; the name is the last part of the URL. The default is none.</summary>
    public IDictionary<string, HookSourceOptions> Sources { get; } = new Dictionary<string, HookSourceOptions>(StringComparer.OrdinalIgnoreCase);
}
