using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>Computes the digest of a whole upload over several requests: each continues from the state that the one before saved.</summary>
/// <param name="saved">The state that the one before saved; null for the first.</param>
/// <param name="offset">How many bytes it had processed.</param>
internal sealed class WholeDigest(byte[]? saved, long offset) : IBodyCheck
{
    private readonly ResumableSha256 _sha256 = new(saved, offset);

    /// <summary>How many bytes it has processed.</summary>
    public long Bytes { get; private set; } = offset;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.Append(bytes);
        Bytes += bytes.Length;
    }

    // The end of a request is not yet the end of the upload.
    public Failure? Verify() => null;

    public void Dispose()
    {
    }

    /// <summary>Returns a failure if the bytes of a whole upload do not match the declared digest, or null.</summary>
    /// <param name="declared">What was declared.</param>
    /// <param name="saved">The state after the last byte, as stored; null if there are no bytes.</param>
    /// <param name="bytes">How many there are.</param>
    public static Failure? Compare(Digest declared, byte[]? saved, long bytes)
    {
        using var whole = new WholeDigest(saved, bytes);
        return whole.Compare(declared);
    }

    /// <summary>Returns a failure if the processed bytes do not match a declared digest, or null.</summary>
    public Failure? Compare(Digest declared)
    {
        var actual = new Digest(DigestAlgorithm.Sha256, _sha256.Value());
        return actual.Value.AsSpan().SequenceEqual(declared.Value)
            ? null
            : new Failure(
                FailureKind.DigestMismatch, Phase.Seal,
                "The digest of the complete upload does not match the declared one. "
                    + "Nothing was published, and the bytes of this request were discarded.")
            {
                Digests = new DifferentDigests(actual.Algorithm.Name, declared.Base64, actual.Base64),
            };
    }

    /// <summary>The state that the next request needs.</summary>
    public byte[] Save() => _sha256.Save();
}
