namespace Sluice.Settings;

/// <summary>Whether Sluice warms up at startup, before it accepts requests.</summary>
public sealed class WarmUpOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:WarmUp";

    /// <summary>
    /// Whether bodies of each kind are sent through the process itself before it accepts requests. The default is true: what the first
    /// requests would load, compile and touch is then in place. Without it, the process starts in a third of the time (0.35 instead of 0.98
    /// seconds on two cores), and its first requests take longer and use about 15 MB of memory. For tests and short-lived processes.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
