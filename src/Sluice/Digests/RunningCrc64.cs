using System.IO.Hashing;
using Sluice.Sinks.Blob;

namespace Sluice.Digests;

/// <summary>CRC-64/NVME, in the order of bytes that storage uses.</summary>
internal sealed class RunningCrc64 : RunningDigest
{
    private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);

    public override void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

    public override byte[] Value() => BlockChecksum.Bytes(_crc);

    public override void Dispose()
    {
    }
}
