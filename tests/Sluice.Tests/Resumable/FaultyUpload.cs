using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Memory;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>
/// One upload by a client that does what it should: it sends, asks for the offset when something went wrong, and goes on from there. Meanwhile storage
/// fails as planned. Whatever it is told must be true, and once storage is well again it has to come to an end.
/// </summary>
internal sealed class FaultyUpload
{
    private readonly FaultPlan _plan;
    private readonly Instances _all = new();
    private readonly Rig[] _instances;
    private readonly byte[] _content;
    private readonly byte[] _sha256;
    private readonly List<string> _steps = [];
    private long _told;
    private int _requests;

    private FaultyUpload(FaultPlan plan)
    {
        _plan = plan;
        _content = Instances.Bytes(plan.Pieces.Length, plan.Pieces.Sum());
        _sha256 = SHA256.HashData(_content);
        _instances = [_all.New(), _all.New()];
        _all.Ticket = _all.Ticket with
        {
            Dialect = plan.Dialect,
            Length = plan.IsDeferred ? null : _content.Length,
            Sha256 = plan.HasDigest ? new Digest(DigestAlgorithm.Sha256, _sha256) : null,
            CreateOnly = !plan.Overwrites,
        };
        _all.Storage.Otherwise = TakeAsync;
    }

    /// <summary>Plays it. False if storage was never asked as often as the plan says.</summary>
    public static async Task<bool> RunWithAsync(FaultPlan plan)
    {
        var run = new FaultyUpload(plan);
        try
        {
            await run.RunWithAsync();
            return run._requests > plan.At;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{plan}\n{string.Join('\n', run._steps)}\n{e.Message}", e);
        }
    }

    private async Task RunWithAsync()
    {
        var (isCreated, isComplete) = (false, false);
        for (var attempt = 0; !isComplete; attempt++)
        {
            Assert.True(attempt < 20 + _plan.Times, "It does not come to an end.");
            if (!isCreated)
            {
                var first = _plan.WithCreation ? Next(0) : null;
                isCreated = Heard("creation", await RunAsync(
                    attempt, (instance, watch) => instance.Uploads.CreateAsync(_all.Ticket, first, watch))) is { } created;
                isComplete = isCreated && _all.Stored is not null;
                Wait();
            }

            // Whoever has no answer asks, whether there is an upload or not.
            if (Heard("look", await _all.FindAsync(_instances[attempt % 2]).Soon()) is not { } found)
            {
                Wait();
                continue;
            }

            (isCreated, isComplete) = (true, found.IsComplete);
            if (!isComplete)
            {
                var next = Next(found.Offset);
                isComplete = Heard(
                    $"{next.Length?.ToString() ?? "?"} bytes at {next.Offset}{(next.Completes ? ", the last" : "")}",
                    await _all.AppendAsync(_instances[(attempt + 1) % 2], next).Soon())?.IsComplete == true;
            }

            Wait();
        }

        _all.Storage.Otherwise = Turn.Normal;
        Assert.True(Heard("last look", await _all.FindAsync(_instances[0]).Soon())!.IsComplete);
    }

    private async Task<Result<UploadStatus>> RunAsync(int attempt, Func<Rig, Sluice.Body.BodyWatch, ValueTask<Result<UploadStatus>>> run)
    {
        var instance = _instances[attempt % 2];
        using var watch = instance.Watches.Begin(instance.Client.Token);
        return await run(instance, watch).AsTask().Soon();
    }

    // Up to the end of the piece that the offset lies in, or before; of no bytes where all are there.
    private Append Next(long offset)
    {
        var ends = _plan.Pieces.Select((_, index) => (long)_plan.Pieces.Take(index + 1).Sum());
        var end = ends.FirstOrDefault(end => end > offset, _content.Length);
        var bytes = _content[(int)offset..(int)end];
        var last = end == _content.Length;
        return new Append
        {
            Body = ScriptedBody.InPieces(bytes, 20_000).Incoming,
            Offset = offset,
            Length = _plan.IsChunked ? null : bytes.Length,
            UploadLength = _plan.IsDeferred && last ? _content.Length : null,
            Completes = _plan.Dialect == UploadDialect.Http && last,
            IsIndivisible = _plan.Dialect == UploadDialect.LogicApps,
            Digests = _plan.HasChecksums
                ? [new Digest(DigestAlgorithm.Sha1, CryptographicOperations.HashData(HashAlgorithmName.SHA1, bytes))]
                : [],
        };
    }

    private UploadStatus? Heard(string what, Result<UploadStatus> answer)
    {
        IsVisibleOnlyWhole();
        if (!answer.TryGet(out var status, out var failure))
        {
            _steps.Add($"{what}: {failure.Kind} {failure.Phase} {failure.Offsets}");
            Assert.NotEqual(FailureKind.Internal, failure.Kind);
            Assert.NotEqual(FailureKind.DigestMismatch, failure.Kind);
            Assert.True(failure.Kind != FailureKind.UploadCompleted || _all.Stored is not null, "It was said to be complete, and is not.");
            if (failure.Offsets is { } offsets)
            {
                IsTrue(offsets.Expected);
            }

            return null;
        }

        _steps.Add($"{what}: {status.Offset}{(status.IsComplete ? ", complete" : "")}");
        IsTrue(status.Offset);
        if (status.IsComplete)
        {
            Assert.NotNull(_all.Stored);
            Assert.Equal(_content.Length, status.Offset);
            Assert.All(
                status.Digests.Where(static digest => digest.Algorithm == DigestAlgorithm.Sha256),
                digest => Assert.Equal(_sha256, digest.Value));
        }
        else
        {
            Assert.Null(_all.Stored);
            Assert.False(_plan.Dialect != UploadDialect.Http && status.Offset == status.Length, "Its client takes it for complete.");
        }

        return status;
    }

    private void IsTrue(long offset)
    {
        Assert.True(offset >= _told, $"{_told} had been told, and now {offset}.");
        _told = offset;
        var kept = _all.Stored ?? new Promises(_all.Storage, _all.Ticket.ChainId).Content();
        Assert.True(kept.AsSpan().StartsWith(_content.AsSpan(0, (int)offset)), $"{offset} was told, and {kept.Length} bytes are there.");
    }

    private void IsVisibleOnlyWhole()
    {
        if (_all.Storage.Blobs.GetValueOrDefault(Rig.Target.ToString()) is { } blob)
        {
            Assert.Equal(_content.Length, blob.Content.Length);
            Assert.Equal(_content, blob.Content);
            Assert.All(
                blob.Properties.Where(static pair => pair.Key == "x-ms-meta-sluice_sha256"),
                pair => Assert.Equal(Convert.ToBase64String(_sha256), pair.Value));
        }
    }

    private async Task<HttpResponseMessage> TakeAsync(StorageExchange exchange)
    {
        var number = Interlocked.Increment(ref _requests) - 1;
        var fails = number >= _plan.At && number < _plan.At + _plan.Times;
        lock (_steps)
        {
            _steps.Add($"    {number}: {Describe(exchange.Request)}{(fails ? $": storage {_plan.Fault}" : "")}");
        }

        return await (fails ? _plan.Fault.Turn : Turn.Normal)(exchange);
    }

    private static string Describe(StorageRequest request) =>
        Instances.Says(request) is { } block ? $"{block.Kind} {block.First} {block.Second} {block.Flags}" : $"{request.Operation}";

    // Longer than a commit that somebody announced may take.
    private void Wait() => _all.Advance(TimeSpan.FromSeconds(46));
}
