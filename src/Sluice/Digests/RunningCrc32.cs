using System.IO.Hashing;

namespace Sluice.Digests;

/// <summary>CRC-32, in network byte order, as in a tus checksum.</summary>
internal sealed class RunningCrc32 : RunningDigest
{
    private readonly Crc32 _crc = new();

    public override void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

    public override byte[] Value()
    {
        // The library writes it in the opposite byte order.
        var value = _crc.GetCurrentHash();
        Array.Reverse(value);
        return value;
    }

    public override void Dispose()
    {
    }
}
