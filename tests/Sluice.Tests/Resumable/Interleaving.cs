using System.Collections.Concurrent;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>
/// Some requests of one upload, on several instances, at once. Each of their requests to storage waits until a die lets it on; some lose
/// their answer, some never arrive or are refused, some arrive once more later,
/// and now and then nothing happens for longer than anybody waits.
/// </summary>
internal sealed class Interleaving
{
    private const int Length = 300_000;

    // Of everything that takes time, this is by far the shortest: it passes often.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(1);

    private static readonly AsyncLocal<string> Current = new();

    private readonly Random _random;
    private readonly Instances _all = new();
    private readonly List<Rig> _instances = [];
    private readonly Lock _gate = new();
    private readonly List<(string Of, StorageRequest Request, TaskCompletionSource<StorageTurn> Go)> _waiting = [];
    private readonly List<InterleavedRequest> _open = [];
    private readonly Promises _promises;
    private readonly List<StorageRequest> _late = [];
    private readonly List<string> _steps = [];
    private readonly ConcurrentQueue<(InterleavedRequest To, long Offset)> _reports = new();
    private readonly int _seed;
    private int _begun;

    private Interleaving(int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        _all.Ticket = _all.Ticket with
        {
            Length = _random.Next(2) == 0 ? Length : null,
            Dialect = (UploadDialect)_random.Next(2),
            CreateOnly = _random.Next(2) == 0,
        };
        _all.Storage.SortsBlocks = _random.Next(2) == 0;
        _instances.AddRange(Enumerable.Range(0, 3).Select(_ => _all.New(TimeSpan.FromMilliseconds(_random.Next(-20, 20)))));
        _instances.ForEach(static instance => instance.Resumable.ProgressInterval = ProgressInterval);
        _promises = new Promises(_all.Storage, _all.Ticket.ChainId);
    }

    /// <summary>Plays it, all on this thread.</summary>
    public static void Play(int seed)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var run = new Interleaving(seed);
        try
        {
            run.Play();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message}\n{string.Join('\n', run._steps)}", e);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Play()
    {
        _all.CreateAsync(Any()).Result.Value();
        _all.Storage.Otherwise = WaitAsync;
        var requests = _random.Next(2, 7);
        while (_begun < requests || _open.Count > 0)
        {
            Step(requests);
            Settle();
        }

        End();
    }

    private void Step(int requests)
    {
        if (_begun < requests && (_open.Count == 0 || _random.Next(6) == 0))
        {
            _all.Advance(TimeSpan.FromMilliseconds(1));
            Begin();
            return;
        }

        if (_random.Next(10) == 0)
        {
            _all.Advance(ProgressInterval);
            return;
        }

        var waiting = Waiting();
        if (waiting.Length == 0 || _random.Next(60) == 0)
        {
            var by = waiting.Length == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(_random.Next(2) == 0 ? 46 : 31);
            _steps.Add($"{by.TotalSeconds} s go by");
            _all.Advance(by);
            return;
        }

        if (_late.Count > 0 && _random.Next(20) == 0)
        {
            Repeat(_late[_random.Next(_late.Count)]);
            return;
        }

        var next = waiting[_random.Next(waiting.Length)];
        var (of, request, go) = next;
        Leave(next);
        var (what, turn) = _random.Next(40) switch
        {
            0 => ("loses its answer", Turn.LoseAnswer),
            1 => ("never arrives", Turn.LoseRequest),
            2 when request.Operation == StorageOperation.PutBlock => ("is refused", Turn.Refuse(409, "BlobImmutableDueToPolicy")),
            3 when request.Operation == StorageOperation.PutBlock => ("is refused", Turn.Refuse(400, "InvalidBlockList")),
            _ => ("goes on", (StorageTurn)Turn.Normal),
        };
        if (request.Operation is StorageOperation.PutBlock or StorageOperation.PutBlockList && _random.Next(4) == 0)
        {
            _late.Add(request);
        }

        _steps.Add($"{of}: {Describe(request)} {what}");
        go.TrySetResult(turn);
    }

    // Of one that never arrived, or was refused, it is the first time.
    private void Repeat(StorageRequest late)
    {
        _steps.Add($"{Describe(late)} arrives late");
        _all.Storage.Repeat(late);
    }

    private void Begin()
    {
        var (told, kind) = (_promises.Reported, _random.Next(20));
        var name = (char)('A' + _begun++);
        var request = kind switch
        {
            < 6 => New($"{name} looks", 0, null),
            6 => New($"{name} gives up", 0, null) with { Cancels = true },
            7 => New($"{name} appends at a wrong offset", told + 7, Bytes(10)),
            8 when _all.Ticket is { Length: { } whole, Dialect: UploadDialect.Http } && told <= whole =>
                New($"{name} appends too much at {told}", told, Instances.Bytes(_seed, (int)(whole - told) + 1)),
            _ => New($"{name} appends at {told}", told, Bytes(_random.Next(1, 160_000))),
        };
        _promises.MayBeCancelled |= request.Cancels || request.IsTooLong(_all.Ticket.Length);
        _open.Add(request);
        Current.Value = $"{name}";
        var instance = Any();
        request.Answer = request.Cancels ? _all.CancelAsync(instance)
            : request.Bytes is not { } bytes ? _all.FindAsync(instance)
            : _all.AppendAsync(instance, Append(request.Offset, bytes) with { Report = ReportTo(request) });
        _steps.Add($"{request.Name} {(request.Bytes is { Length: var length } ? $"{length} bytes" : "")}");
    }

    private InterleavedRequest New(string name, long offset, byte[]? bytes) =>
        new(name, offset, bytes, _promises.Reported, _promises.IsComplete, _promises.IsCancelled);

    private Func<long, CancellationToken, ValueTask> ReportTo(InterleavedRequest request) => (offset, _) =>
    {
        _reports.Enqueue((request, offset));
        return default;
    };

    // Of an upload whose length is known no more than are missing, and often just these.
    private byte[] Bytes(int length)
    {
        var left = (int)Math.Max(0, (_all.Ticket.Length ?? int.MaxValue) - _promises.Reported);
        return Instances.Bytes((_seed * 100) + _begun, left < 100_000 && _random.Next(2) == 0 ? left : Math.Min(length, left));
    }

    private Append Append(long offset, byte[] bytes)
    {
        var completes = _all.Ticket.Dialect == UploadDialect.Http
            && (_all.Ticket.Length is { } length ? offset + bytes.Length == length : _random.Next(4) == 0);
        return Instances.Append(offset, bytes) with
        {
            // What is too long is not noticed before it comes.
            Length = offset + bytes.Length > _all.Ticket.Length ? null : bytes.Length,
            Completes = completes,
            Digests = _random.Next(4) > 0 ? [] : [new Digest(DigestAlgorithm.Crc32, _random.Next(4) == 0 ? [1, 2, 3, 4] : Crc(bytes))],
        };
    }

    private static byte[] Crc(byte[] bytes)
    {
        using var crc = DigestAlgorithm.Crc32.Start();
        crc.Append(bytes);
        return crc.Value();
    }

    // Whoever has been answered is heard. A continuation may have gone to another thread; it comes back.
    private void Settle()
    {
        SpinWait.SpinUntil(() => Waiting().Length > 0 || _open.TrueForAll(static request => request.Answer.IsCompleted), 2);
        _promises.Look();
        while (_reports.TryDequeue(out var report))
        {
            _steps.Add($"{report.To.Name}: is at {report.Offset}");
            _promises.HearProgress(report.To, report.Offset);
        }

        foreach (var request in _open.Where(static request => request.Answer.IsCompleted).ToList())
        {
            _open.Remove(request);
            _steps.Add(
                $"{request.Name}: "
                    + $"{(request.Answer.Result.TryGet(out var status, out var failure) ? $"{status.Offset}{(status.IsComplete ? ", complete" : "")}" : $"{failure.Kind} {failure.Offsets}")}");
            _promises.Hear(request);
        }
    }

    // When all is quiet, whoever goes on where it says completes it.
    private void End()
    {
        _all.Storage.Otherwise = Turn.Normal;
        _all.Advance(TimeSpan.FromSeconds(46));
        _late.ForEach(Repeat);
        var last = _all.New();
        var found = Ask("The last one looks", 0, null, () => _all.FindAsync(last));
        if (!found.TryGet(out var status, out var failure))
        {
            Assert.Equal(FailureKind.UploadGone, failure.Kind);
            Assert.True(_promises.MayBeCancelled);
            return;
        }

        if (!status.IsComplete)
        {
            _all.Advance(TimeSpan.FromMilliseconds(1));
            var before = _promises.Content();
            var rest = Instances.Bytes(_seed, (int)((_all.Ticket.Length ?? status.Offset + 1_000) - status.Offset));
            var completing = Instances.Append(status.Offset, rest) with
            {
                Completes = true,
                UploadLength = _all.Ticket.Length ?? status.Offset + 1_000
            };
            Assert.True(Ask("The last one completes it", status.Offset, rest, () => _all.AppendAsync(last, completing)).Value().IsComplete);
            Assert.Equal([.. before, .. rest], _all.Stored!);
        }

        Assert.NotNull(_all.Stored);
    }

    private Result<UploadStatus> Ask(string name, long offset, byte[]? bytes, Func<Task<Result<UploadStatus>>> ask)
    {
        var request = New(name, offset, bytes);
        request.Answer = ask();
        Assert.True(request.Answer.Wait(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken));
        _promises.Look();
        _promises.Hear(request);
        return request.Answer.Result;
    }

    private Rig Any() => _instances[_random.Next(_instances.Count)];

    private async Task<HttpResponseMessage> WaitAsync(StorageExchange exchange)
    {
        var go = new TaskCompletionSource<StorageTurn>();
        var waiting = (Current.Value ?? "?", exchange.Request, go);
        lock (_gate)
        {
            _waiting.Add(waiting);
        }

        await using var registration = exchange.CancellationToken.UnsafeRegister(
            _ =>
            {
                Leave(waiting);
                go.TrySetCanceled(exchange.CancellationToken);
            },
            null);
        return await (await go.Task)(exchange);
    }

    private (string Of, StorageRequest Request, TaskCompletionSource<StorageTurn> Go)[] Waiting()
    {
        lock (_gate)
        {
            return [.. _waiting];
        }
    }

    private void Leave((string Of, StorageRequest Request, TaskCompletionSource<StorageTurn> Go) waiting)
    {
        lock (_gate)
        {
            _waiting.Remove(waiting);
        }
    }

    private static string Describe(StorageRequest request) => Instances.Says(request) is { } block
        ? $"{block.Kind} "
            + $"{(block.Kind == ChainBlockKind.Data ? $"{block.First}-{block.Second}" : block.Kind == ChainBlockKind.Link ? $"at {block.Second}" : "")}"
            + $"{(block.Flags == ChainBlockFlags.None ? "" : $" ({block.Flags})")}"
        : $"{request.Operation}";
}
