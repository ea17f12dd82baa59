using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>Instances of the engine that have nothing in common but a storage, and an upload that all of them know of.</summary>
internal sealed class Instances
{
    private readonly List<Gate> _gates = [];
    private readonly List<FakeTimeProvider> _clocks = [];

    public Instances()
    {
        Storage.Time = Clock(TimeSpan.Zero);
        Storage.Otherwise = exchange => _gates.Find(gate => gate.Takes(exchange.Request)) is { } gate
            ? gate.PassAsync(exchange)
            : Turn.Normal(exchange);
        Ticket = new UploadTicket
        {
            Id = Guid.NewGuid(),
            Target = Rig.Target,
            Expires = Storage.Time.GetUtcNow().AddDays(6),
            CreateOnly = true
        };
    }

    public ScriptedStorage Storage { get; } = new();

    public UploadTicket Ticket { get; set; }

    /// <summary>What is visible; null where nothing is.</summary>
    public byte[]? Stored => Storage.Blobs.GetValueOrDefault(Rig.Target.ToString())?.Content;

    /// <summary>Random bytes, the same in every run.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Another instance, whose clock may be ahead of storage's.</summary>
    public Rig New(TimeSpan ahead = default)
    {
        var rig = new Rig { Storage = Storage, Time = Clock(ahead) };
        rig.Body.IdleTimeout = TimeSpan.FromHours(1);
        return rig;
    }

    /// <summary>Time goes by, everywhere.</summary>
    public void Advance(TimeSpan by) => _clocks.ForEach(clock => clock.Advance(by));

    /// <summary>Stops the next request that is meant, on its way to storage.</summary>
    public Gate Hold(Func<StorageRequest, bool> which)
    {
        var gate = new Gate(which);
        _gates.Add(gate);
        return gate;
    }

    /// <summary>Stops the next block that says that.</summary>
    public Gate Hold(ChainBlockKind kind) => Hold(request => Says(request) is { } block && block.Kind == kind);

    /// <summary>Stops the next request of that kind.</summary>
    public Gate Hold(StorageOperation operation) => Hold(request => request.Operation == operation);

    /// <summary>What a block says; null for another request.</summary>
    public static ChainBlock? Says(StorageRequest request) =>
        request.BlockId is { } id && ChainBlock.TryRead(Encoding.ASCII.GetBytes(id), out var block) ? block : null;

    public Task<Result<UploadStatus>> CreateAsync(Rig instance, byte[]? first = null) => RunAsync(
        instance, watch => instance.Uploads.CreateAsync(Ticket, first is null ? null : Append(0, first), watch));

    public Task<Result<UploadStatus>> AppendAsync(Rig instance, long offset, byte[] bytes, bool completes = false, Digest? digest = null) =>
        AppendAsync(instance, Append(offset, bytes) with { Completes = completes, Digests = digest is null ? [] : [digest] });

    public Task<Result<UploadStatus>> AppendAsync(Rig instance, Append append) =>
        RunAsync(instance, watch => instance.Uploads.AppendAsync(Ticket, append, watch));

    public Task<Result<UploadStatus>> FindAsync(Rig instance) => RunAsync(instance, watch => instance.Uploads.FindAsync(Ticket, watch));

    public Task<Result<UploadStatus>> CancelAsync(Rig instance) => RunAsync(instance, watch => instance.Uploads.CancelAsync(Ticket, watch));

    public static Append Append(long offset, byte[] bytes) =>
        new()
        {
            Body = ScriptedBody.Arrived(bytes).Incoming,
            Offset = offset,
            Length = bytes.Length
        };

    private static async Task<Result<UploadStatus>> RunAsync(Rig instance, Func<BodyWatch, ValueTask<Result<UploadStatus>>> run)
    {
        using var watch = instance.Watches.Begin(instance.Client.Token);
        return await run(watch);
    }

    private FakeTimeProvider Clock(TimeSpan ahead)
    {
        // Later ones are where storage's clock is by now.
        var clock = new FakeTimeProvider(
            (_clocks.Count > 0 ? _clocks[0].GetUtcNow() : new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)) + ahead);
        _clocks.Add(clock);
        return clock;
    }
}
