using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sluice.Resumable;

/// <summary>
/// SHA-256 (FIPS 180-4, section 6.2) whose state can be saved after any byte and restored by another process: the platform's implementation
/// does not expose its state. Only for uploads of several requests whose digest was declared; everything else is hashed by the platform.
/// </summary>
internal sealed class ResumableSha256
{
    private const int BlockBytes = 64;
    private const int StateBytes = 32;

    private static readonly uint[] _constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] _state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    private readonly byte[] _pending = new byte[BlockBytes];
    private long _bytes;

    /// <summary>Starts a new digest.</summary>
    public ResumableSha256()
    {
    }

    /// <summary>Restores a digest.</summary>
    /// <param name="saved">The result of <see cref="Save"/>; empty for a new one.</param>
    /// <param name="bytes">How many bytes it had processed.</param>
    public ResumableSha256(ReadOnlySpan<byte> saved, long bytes)
    {
        if (saved.IsEmpty)
        {
            return;
        }

        for (var word = 0; word < _state.Length; word++)
        {
            _state[word] = BinaryPrimitives.ReadUInt32BigEndian(saved[(word * sizeof(uint))..]);
        }

        saved[StateBytes..].CopyTo(_pending);
        _bytes = bytes;
    }

    /// <summary>The length of the result of <see cref="Save"/> after this many bytes.</summary>
    public static int SavedBytes(long bytes) => StateBytes + (int)(bytes % BlockBytes);

    /// <summary>Processes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var held = (int)(_bytes % BlockBytes);
        _bytes += bytes.Length;
        if (held > 0)
        {
            var taken = Math.Min(BlockBytes - held, bytes.Length);
            bytes[..taken].CopyTo(_pending.AsSpan(held));
            bytes = bytes[taken..];
            if (held + taken < BlockBytes)
            {
                return;
            }

            Compress(_pending);
        }

        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
        {
            Compress(bytes);
        }

        bytes.CopyTo(_pending);
    }

    /// <summary>Saves the state: that after the last full block, and the bytes since.</summary>
    public byte[] Save()
    {
        var saved = new byte[SavedBytes(_bytes)];
        WriteState(saved);
        _pending.AsSpan(0, saved.Length - StateBytes).CopyTo(saved.AsSpan(StateBytes));
        return saved;
    }

    /// <summary>The digest of the bytes that have passed so far. More bytes may follow.</summary>
    public byte[] Value()
    {
        var last = new ResumableSha256(Save(), _bytes);
        // Section 5.1.1: a one, zeros, and the length in bits.
        Span<byte> padding = stackalloc byte[2 * BlockBytes];
        padding.Clear();
        padding[0] = 0x80;
        var held = (int)(_bytes % BlockBytes);
        var length = (held < BlockBytes - sizeof(ulong) ? BlockBytes : 2 * BlockBytes) - held;
        BinaryPrimitives.WriteInt64BigEndian(padding[(length - sizeof(ulong))..], _bytes * 8);
        last.Append(padding[..length]);
        var digest = new byte[StateBytes];
        last.WriteState(digest);
        return digest;
    }

    private void WriteState(Span<byte> destination)
    {
        for (var word = 0; word < _state.Length; word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(word * sizeof(uint))..], _state[word]);
        }
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[BlockBytes];
        for (var t = 0; t < 16; t++)
        {
            schedule[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * sizeof(uint))..]);
        }

        for (var t = 16; t < BlockBytes; t++)
        {
            var (before15, before2) = (schedule[t - 15], schedule[t - 2]);
            var small0 = BitOperations.RotateRight(before15, 7) ^ BitOperations.RotateRight(before15, 18) ^ (before15 >> 3);
            var small1 = BitOperations.RotateRight(before2, 17) ^ BitOperations.RotateRight(before2, 19) ^ (before2 >> 10);
            schedule[t] = small1 + schedule[t - 7] + small0 + schedule[t - 16];
        }

        var (a, b, c, d, e, f, g, h) = (_state[0], _state[1], _state[2], _state[3], _state[4], _state[5], _state[6], _state[7]);
        // Eight rounds at a time: after eight, each variable has its original role again, and nothing has to be moved.
        ReadOnlySpan<uint> k = _constants;
        for (var t = 0; t < BlockBytes; t += 8)
        {
            (d, h) = Round(a, b, c, d, e, f, g, h, k[t] + schedule[t]);
            (c, g) = Round(h, a, b, c, d, e, f, g, k[t + 1] + schedule[t + 1]);
            (b, f) = Round(g, h, a, b, c, d, e, f, k[t + 2] + schedule[t + 2]);
            (a, e) = Round(f, g, h, a, b, c, d, e, k[t + 3] + schedule[t + 3]);
            (h, d) = Round(e, f, g, h, a, b, c, d, k[t + 4] + schedule[t + 4]);
            (g, c) = Round(d, e, f, g, h, a, b, c, k[t + 5] + schedule[t + 5]);
            (f, b) = Round(c, d, e, f, g, h, a, b, k[t + 6] + schedule[t + 6]);
            (e, a) = Round(b, c, d, e, f, g, h, a, k[t + 7] + schedule[t + 7]);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (uint D, uint H) Round(uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h, uint constant)
    {
        var one = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
            + (g ^ (e & (f ^ g))) + constant;
        var two = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
            + ((a & b) | (c & (a | b)));
        return (d + one, one + two);
    }
}
