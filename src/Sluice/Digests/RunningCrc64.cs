using System.Buffers.Binary;
using System.IO.Hashing;

namespace Sluice.Digests;

/// <summary>CRC-64/NVME, in storage's byte order.</summary>
internal sealed class RunningCrc64 : RunningDigest
{
    private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);

    /// <summary>A checksum in storage's byte order.</summary>
    public static byte[] Bytes(Crc64 crc)
    {
        var checksum = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(checksum, crc.GetCurrentHashAsUInt64());
        return checksum;
    }

    public override void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

    public override byte[] Value() => Bytes(_crc);

    public override void Dispose()
    {
    }
}
