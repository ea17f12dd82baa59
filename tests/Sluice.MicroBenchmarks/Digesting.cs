using BenchmarkDotNet.Attributes;
using Sluice.Digests;
using Sluice.Memory;
using Sluice.Storage;

namespace Sluice.MicroBenchmarks;

/// <summary>What is computed over 1 MiB: the digests of a body, and the checksum of a block.</summary>
[BenchmarkCategory("Digest")]
public class Digesting
{
    private const int Bytes = 1 << 20;

    private readonly byte[] _bytes = Bodies.Random(Bytes);
    private RunningDigest _sha256 = null!;
    private RunningDigest _sha512 = null!;
    private RunningDigest _crc64 = null!;
    private Block _block = null!;

    [GlobalSetup]
    public void SetUp()
    {
        (_sha256, _sha512, _crc64) = (DigestAlgorithm.Sha256.Start(), DigestAlgorithm.Sha512.Start(), DigestAlgorithm.Crc64.Start());
        var pool = new BlockPool(Bytes, TimeProvider.System, Bodies.Metrics());
        _block = pool.Open("somebody").TryRent(Bytes, out var block) ? block : throw new InvalidOperationException();
        for (var at = 0; at < Bytes;)
        {
            var free = _block.Free(Bytes);
            _bytes.AsMemory(at, free.Length).CopyTo(free);
            _block.Advance(free.Length);
            at += free.Length;
        }
    }

    [Benchmark]
    public void Sha256() => _sha256.Append(_bytes);

    [Benchmark]
    public void Sha512() => _sha512.Append(_bytes);

    [Benchmark]
    public void Crc64() => _crc64.Append(_bytes);

    /// <summary>CRC-64 over the 16 segments of a block, in base64, for the requests of this flow.</summary>
    [Benchmark]
    public void BlockChecksumHeader() => BlockChecksum.Send(_block).Dispose();
}
