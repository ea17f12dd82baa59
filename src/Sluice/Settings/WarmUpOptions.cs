namespace Sluice.Settings;

/// <summary>Whether Sluice warms up at startup, before it accepts requests.</summary>
public sealed class WarmUpOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:WarmUp";

    /// <summary>
    /// Whether bodies of each kind are sent through the process itself before it accepts requests. The default is true: what the first
    /// requests would load, compile and touch is then in place. Without it, the process starts in half the time with half the processor
    /// time, and the memory of its first requests is not flat (15 MB for the first 100 MB). For tests and short-lived processes.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
