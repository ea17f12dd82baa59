namespace Sluice.Settings;

/// <summary>Whether an immutability policy can still be removed.</summary>
public enum ImmutabilityMode
{
    /// <summary>It can be shortened or removed by those who may manage policies.</summary>
    Unlocked,

    /// <summary>It can only be extended, by anybody.</summary>
    Locked,
}
