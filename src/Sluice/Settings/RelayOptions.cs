namespace Sluice.Settings;

/// <summary>The services that bodies may be relayed to.</summary>
public sealed class RelayOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Relay";

    /// <summary>The targets by name. A client selects a name, never an address. No default: without targets nothing is relayed.</summary>
    public IDictionary<string, RelayTargetOptions> Targets { get; } =
        new Dictionary<string, RelayTargetOptions>(StringComparer.OrdinalIgnoreCase);
}
