using System.Security.Cryptography;
using Sluice.Settings;

namespace Sluice.Digests;

/// <summary>
/// The closed set of algorithms. The first two are the active ones of the registry (RFC 9530, section 7.2): clients may declare them,
/// request them, and are sent them. The others exist for Azure and tus, and are only checked.
/// </summary>
internal sealed class DigestAlgorithm
{
    private readonly Func<RunningDigest> _start;

    private DigestAlgorithm(string name, int bytes, string? metadata, Func<RunningDigest> start) =>
        (Name, Bytes, Metadata, _start) = (name, bytes, metadata, start);

    public static DigestAlgorithm Sha256 { get; } =
        new("sha-256", 32, "sluice_sha256", static () => new RunningHash(HashAlgorithmName.SHA256));

    public static DigestAlgorithm Sha512 { get; } =
        new("sha-512", 64, "sluice_sha512", static () => new RunningHash(HashAlgorithmName.SHA512));

    /// <summary><c>Content-MD5</c>: broken as cryptography, but many tools still send it to detect accidental changes.</summary>
    public static DigestAlgorithm Md5 { get; } = new("md5", 16, null, static () => new RunningHash(HashAlgorithmName.MD5));

    /// <summary>CRC-64/NVME, which is <c>x-ms-content-crc64</c>.</summary>
    public static DigestAlgorithm Crc64 { get; } = new("crc64nvme", 8, null, static () => new RunningCrc64());

    /// <summary>
    /// The algorithm that tus requires every server to support: broken as cryptography, but good against accidental changes.
    /// </summary>
    public static DigestAlgorithm Sha1 { get; } = new("sha1", 20, null, static () => new RunningHash(HashAlgorithmName.SHA1));

    /// <summary>CRC-32 as in zip, in network byte order.</summary>
    public static DigestAlgorithm Crc32 { get; } = new("crc32", 4, null, static () => new RunningCrc32());

    /// <summary>The algorithms of the fields of RFC 9530, the cheapest first.</summary>
    public static IReadOnlyList<DigestAlgorithm> OfFields { get; } = [Sha256, Sha512];

    /// <summary>The key in the fields of RFC 9530, or another name where it has none.</summary>
    public string Name { get; }

    /// <summary>The length of its value.</summary>
    public int Bytes { get; }

    /// <summary>The name of the blob metadata that stores it; null for one that is neither stored nor reported.</summary>
    public string? Metadata { get; }

    /// <summary>The algorithms that a setting names.</summary>
    public static IEnumerable<DigestAlgorithm> Of(ComputedDigests computed)
    {
        if (computed.HasFlag(ComputedDigests.Sha256))
        {
            yield return Sha256;
        }

        if (computed.HasFlag(ComputedDigests.Sha512))
        {
            yield return Sha512;
        }
    }

    /// <summary>Starts a digest. The caller disposes it.</summary>
    public RunningDigest Start() => _start();

    public override string ToString() => Name;
}
