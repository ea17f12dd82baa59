using System.Security.Cryptography;

namespace Sluice.Body;

/// <summary>Computes the body's digest in the pass that moves it, and gives it out once the body ended.</summary>
internal sealed class DigestGuard(BodySource inner) : BodySource, IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(destination, cancellationToken);
        _sha256.AppendData(destination.Span[..read.Bytes]);
        return read;
    }

    /// <summary>The SHA-256 of what has passed. Meaningful after the end only.</summary>
    public byte[] Sha256() => _sha256.GetCurrentHash();

    public void Dispose() => _sha256.Dispose();
}
