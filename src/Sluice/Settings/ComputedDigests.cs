namespace Sluice.Settings;

/// <summary>A set of digests that are computed even if the request does not ask for them.</summary>
[Flags]
public enum ComputedDigests
{
    /// <summary>No digest.</summary>
    None = 0,

    /// <summary>SHA-256, <c>sha-256</c> in the fields of RFC 9530.</summary>
    Sha256 = 1,

    /// <summary>SHA-512, <c>sha-512</c> in the fields of RFC 9530.</summary>
    Sha512 = 2,
}
