using System.Security.Cryptography;

namespace Sluice.Digests;

/// <summary>A cryptographic hash, computed by the platform.</summary>
internal sealed class RunningHash(HashAlgorithmName algorithm) : RunningDigest
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    public override void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public override byte[] Value() => _hash.GetCurrentHash();

    public override void Dispose() => _hash.Dispose();
}
