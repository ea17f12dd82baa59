using Sluice.Body;

namespace Sluice.Resumable;

/// <summary>Computes the digest of a whole upload over several requests: each goes on where the one before it put it down.</summary>
/// <param name="saved">What the one before kept; null for the first.</param>
/// <param name="offset">How many bytes it had seen.</param>
internal sealed class WholeDigest(byte[]? saved, long offset) : IBodyCheck
{
    private readonly ResumableSha256 _sha256 = new(saved, offset);

    /// <summary>How many bytes it has seen.</summary>
    public long Bytes { get; private set; } = offset;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.Append(bytes);
        Bytes += bytes.Length;
    }

    // The end of a request is not yet that of the upload.
    public Failure? Verify() => null;

    public void Dispose()
    {
    }

    /// <summary>What the next one needs.</summary>
    public byte[] Save() => _sha256.Save();

    /// <summary>The digest of what it has seen.</summary>
    public byte[] Value() => _sha256.Value();
}
