using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs.Models;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Memory;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.MicroBenchmarks;

/// <summary>
/// 16 MiB in blocks of 1 MiB, from a body that costs nothing, through the storage SDK to a storage that reads each request and agrees at
/// once, without a network: what blocks cost in this process.
/// </summary>
[BenchmarkCategory("Fill")]
public class Filling
{
    private const int Blocks = 16;
    private const int BlockBytes = 1 << 20;
    private const long Bytes = (long)Blocks * BlockBytes;

    private readonly BlobOptions _blob = new()
    {
        ConnectionString = "DefaultEndpointsProtocol=http;AccountName=somebody;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/somebody;",
        Containers = { "bench" },
    };

    private readonly MemoryOptions _memory = new();
    private readonly byte[] _bytes = Bodies.Random(BlockBytes);
    private BlockPool _pool = null!;
    private BlobClients _clients = null!;
    private BodySender _sender = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var metrics = Bodies.Metrics();
        _pool = new BlockPool(_memory.BudgetBytes, TimeProvider.System, metrics);
        _clients = new BlobClients(
            Options.Create(_blob), static _ => throw new InvalidOperationException(), metrics, TimeProvider.System,
            new HttpClientTransport(new HttpClient(new AgreeingStorage())));
        _sender = new BodySender("somebody", true, Bodies.Idle());
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public async Task<int> BlockFilledAndStaged()
    {
        await using var staging = new BlockStaging(_clients.Retrying(new BlobTarget("bench", "x")), _blob.BlocksInFlight);
        var (id, index) = (Guid.NewGuid(), 0);
        var filler = new BlockFiller(
            staging, _pool,
            new PlannedBlocks(
                BlockPlan.For(Bytes, BlockBytes, _blob.MaxBlocks, _pool.BudgetBytes / 4), _ => new BlockId(id, index++).ToBase64(), Bytes),
            _sender, _memory, TimeProvider.System);
        if (await filler.RunAsync(new FreeBytes(Bytes), keepsOnly: true, staging.Token) is { } failure)
        {
            throw new InvalidOperationException(failure.Detail);
        }

        filler.StageRest();
        await staging.WhenAllAsync();
        return staging.Failure is null && filler.Blocks == Blocks
            ? filler.Blocks
            : throw new InvalidOperationException(staging.Failure?.Detail);
    }

    /// <summary>The same request by itself: what of the memory is the SDK's.</summary>
    [Benchmark]
    public async Task<object> BlockStagedByTheSdk()
    {
        using var content = new MemoryStream(_bytes, writable: false);
        return await _clients.Retrying(new BlobTarget("bench", "x")).StageBlockAsync(
            new BlockId(Guid.Empty, 0).ToBase64(), content, new BlockBlobStageBlockOptions());
    }

    // Its bytes are whatever is in the memory already.
    private sealed class FreeBytes(long length) : BodySource
    {
        private long _left = length;

        public override ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            var count = (int)Math.Min(destination.Length, _left);
            _left -= count;
            return ValueTask.FromResult(new BodyRead(count, End: _left == 0, More: _left > 0));
        }
    }

    private sealed class AgreeingStorage : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.Created)
            {
                Content = new ByteArrayContent([]),
                Headers = { { "x-ms-request-id", "0" }, { "x-ms-version", "2025-01-05" } },
            };
        }
    }
}
