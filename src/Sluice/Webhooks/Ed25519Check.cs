using System.Buffers;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>
/// Verifies a body by Ed25519 (RFC 8032, section 5.1.7). The library needs the whole body in one piece, so this is the only check that
/// keeps what it reads. It therefore has a limit: <see cref="MaxBodyBytes"/>, beyond which nothing is kept and nothing verifies.
/// </summary>
internal sealed class Ed25519Check : IBodyCheck
{
    /// <summary>
    /// The largest body, in bytes. Together with the signed text before it, it fits into 64 KiB; Standard Webhooks recommends at most 20
    /// KB.
    /// </summary>
    public const int MaxBodyBytes = 64_000;

    /// <summary>The length of a signature.</summary>
    public const int SignatureBytes = 64;

    /// <summary>The most signatures of a delivery: each costs a hundred times as much as an HMAC, before the sender is known.</summary>
    public const int MaxSignatures = 4;

    private readonly IReadOnlyList<IEd25519PublicKey> _keys;
    private readonly IReadOnlyList<byte[]> _signatures;
    private readonly byte[] _afterBody;
    private readonly int _beforeBody;
    private byte[]? _message;
    private int _length;
    private bool _tooLarge;

    public Ed25519Check(
        IReadOnlyList<IEd25519PublicKey> keys, byte[] beforeBody, byte[] afterBody, IReadOnlyList<byte[]> signatures)
    {
        (_keys, _signatures, _beforeBody, _afterBody) = (keys, signatures, beforeBody.Length, afterBody);
        _message = ArrayPool<byte>.Shared.Rent(beforeBody.Length + MaxBodyBytes + afterBody.Length);
        beforeBody.CopyTo(_message, 0);
        _length = beforeBody.Length;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _tooLarge |= bytes.Length > MaxBodyBytes - (_length - _beforeBody);
        if (!_tooLarge)
        {
            bytes.CopyTo(_message.AsSpan(_length));
            _length += bytes.Length;
        }
    }

    public Failure? Verify()
    {
        if (_tooLarge)
        {
            return new(
                FailureKind.BodyTooLarge, Phase.Seal,
                $"A body that is signed by Ed25519 can be verified up to {MaxBodyBytes} bytes.")
            { LimitBytes = MaxBodyBytes };
        }

        _afterBody.CopyTo(_message.AsSpan(_length));
        var message = _message.AsSpan(0, _length + _afterBody.Length);
        var verified = false;
        foreach (var key in _keys)
        {
            foreach (var signature in _signatures)
            {
                verified |= key.Verifies(signature, message);
            }
        }

        return verified ? null : SignatureFailure.Invalid(Phase.Seal);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _message, null) is { } message)
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }
}
