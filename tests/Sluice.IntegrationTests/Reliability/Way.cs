namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// A way in or out, used as a client does who means it, and looked at afterwards: whatever fails on the way, what was said must be true.
/// </summary>
internal abstract class Way
{
    /// <summary>What it is called in tables.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it must be alone with storage, because its requests there do not carry its name.</summary>
    public virtual bool IsAlone => false;

    /// <summary>What its names in storage begin with.</summary>
    public virtual IReadOnlyList<string> Prefixes => [""];

    /// <summary>Uses it once.</summary>
    /// <exception cref="Violation">A promise was not kept.</exception>
    public abstract Task RunAsync(Run run);

    public override string ToString() => Name;
}
