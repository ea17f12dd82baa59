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

    // The first buffer. Each further one is twice as large, so that a sender holds about as much as it has sent.
    private const int MinBufferBytes = 1024;

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
        Add(beforeBody);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _tooLarge |= bytes.Length > MaxBodyBytes - (_length - _beforeBody);
        if (!_tooLarge)
        {
            Add(bytes);
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

        Add(_afterBody);
        var message = _message.AsSpan(0, _length);
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

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_message is null || _message.Length < _length + bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(MinBufferBytes, Math.Max(_length + bytes.Length, 2 * _length)));
            _message.AsSpan(0, _length).CopyTo(larger);
            Dispose();
            _message = larger;
        }

        bytes.CopyTo(_message.AsSpan(_length));
        _length += bytes.Length;
    }
}
