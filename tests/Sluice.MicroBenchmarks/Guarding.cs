using System.Buffers;
using BenchmarkDotNet.Attributes;
using Sluice.Body;
using Sluice.Digests;

namespace Sluice.MicroBenchmarks;

/// <summary>1 MiB from a pipe through all guards, in reads of 64 KiB; the pipe alone, to compare.</summary>
[BenchmarkCategory("Guard")]
public class Guarding
{
    private const int Bytes = 1 << 20;

    private readonly IdleTimer _idle = Bodies.Idle();
    private readonly byte[] _into = new byte[64 * 1024];
    private ReadOnlySequence<byte> _content;

    [GlobalSetup]
    public void SetUp() => _content = Bodies.InSegments(Bodies.Random(Bytes));

    [Benchmark]
    public ValueTask<long> Pipe() => ReadAsync(Bodies.Incoming(_content));

    [Benchmark]
    public ValueTask<long> Guards() => ReadGuardedAsync([]);

    [Benchmark]
    public ValueTask<long> GuardsAndSha256() => ReadGuardedAsync([DigestAlgorithm.Sha256]);

    private async ValueTask<long> ReadGuardedAsync(DigestAlgorithm[] computed)
    {
        using var body = new GuardedBody(Bodies.Incoming(_content), _idle, Bytes, Bytes, new BodyDigests(computed, []));
        return await ReadAsync(body) + body.Digests.Values().Count;
    }

    private async ValueTask<long> ReadAsync(BodySource body)
    {
        for (long all = 0; ;)
        {
            var read = await body.ReadAsync(_into, CancellationToken.None);
            all += read.Bytes;
            if (read.End || read.Failure is not null)
            {
                return all;
            }
        }
    }
}
