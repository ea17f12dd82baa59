namespace Sluice.Settings;

/// <summary>A set of digests that are computed without being asked for.</summary>
[Flags]
public enum ComputedDigests
{
    /// <summary>None at all.</summary>
    None = 0,

    /// <summary>SHA-256, <c>sha-256</c> in the fields of RFC 9530.</summary>
    Sha256 = 1,

    /// <summary>SHA-512, <c>sha-512</c> there.</summary>
    Sha512 = 2,
}
