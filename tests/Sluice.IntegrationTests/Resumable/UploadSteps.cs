using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Storage;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>What a client of an upload does that waits for each answer, and what it knows by then.</summary>
internal abstract class UploadSteps
{
    private readonly int _seed;
    private readonly Instance[] _instances;
    private readonly List<string> _steps = [];
    private int _bodies;

    protected UploadSteps(int seed, Instance[] instances, string container)
    {
        (_seed, Random, _instances) = (seed, new Random(seed), instances);

        // Most are small; all take several blocks.
        Size = Random.Next(5) == 0 ? Random.Next(1 << 20, 3 << 20) : Random.Next(2_000, 600_000);
        Ticket = new UploadTicket
        {
            Id = Guid.NewGuid(),
            Target = new BlobTarget(container, $"model-{seed:D3}"),
            Expires = DateTimeOffset.UtcNow.AddDays(6),
            Dialect = (UploadDialect)Random.Next(2),
            Length = Random.Next(2) == 0 ? Size : null,
            CreateOnly = Random.Next(2) == 0,
        };
        Model.Length = Ticket.Length;
        foreach (var instance in instances)
        {
            instance.Clock.Ahead = TimeSpan.FromMilliseconds(Random.Next(-30_000, 30_000));
        }
    }

    protected Random Random { get; }

    protected UploadTicket Ticket { get; }

    protected UploadModel Model { get; } = new();

    /// <summary>How long it will be, unless it ends before.</summary>
    protected int Size { get; }

    protected int Left => (int)(Size - Model.Offset);

    /// <summary>What was done, for whoever reads a failed run.</summary>
    protected string Story => $"Seed {_seed}, {Ticket.Dialect}, {Size} bytes:\n{string.Join('\n', _steps)}";

    private bool IsWhole => Model.Length is { } length && Model.Offset == length;

    // What is right is acknowledged to the last byte, and completes the upload where it should.
    protected async Task AppendAsync(int count, bool completes)
    {
        var bytes = Bytes(completes ? Left : count);
        var status =
            (await Any().AppendAsync(Ticket, Say($"append {bytes.Length}{(completes ? ", all of the rest" : "")}", Of(bytes, completes))))
                .Value();
        Assert.Equal(Model.Offset + bytes.Length, status.Offset);
        Model.Tell(status, bytes);
        Assert.Equal(completes || (Ticket.Dialect == UploadDialect.Tus && IsWhole), status.IsComplete);
    }

    protected async Task CheckAsync(bool right)
    {
        var bytes = Bytes(Random.Next(1, Math.Max(2, Left)));
        var digest = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(right ? bytes : [1, 2, 3]));
        var result = await Any().AppendAsync(
            Ticket,
            Say($"append {bytes.Length} with a checksum that is {(right ? "right" : "wrong")}", Of(bytes) with { Digests = [digest] }));
        if (right)
        {
            Model.Tell(result.Value(), bytes);
            return;
        }

        Assert.Equal(FailureKind.DigestMismatch, result.Failure?.Kind);
        var before = Model.Offset;
        await FindAsync();
        Assert.Equal(before, Model.Offset);
    }

    // Of a body that is cut, all that arrived counts.
    protected async Task CutAsync(bool byToken)
    {
        var bytes = Bytes(Random.Next(1, Math.Max(2, Left)));
        var cut = Random.Next(bytes.Length);
        var (body, client) = (new PipedBody(), new CancellationTokenSource());
        var append = Any().AppendAsync(
            Ticket, Say($"append {bytes.Length}, cut after {cut}", Of(bytes) with { Body = body.Incoming }), client.Token);
        await body.SendAsync(bytes[..cut], append);
        if (byToken)
        {
            await client.CancelAsync();
        }
        else
        {
            body.Leave();
        }

        Assert.Equal(FailureKind.ClientGone, (await append).Failure?.Kind);
        var before = Model.Offset;
        await FindAsync(bytes[..cut]);
        Assert.Equal(before + cut, Model.Offset);
    }

    // The same again, because its answer was lost.
    protected async Task AgainAsync()
    {
        var (at, bytes) = (Model.Offset, Bytes(Random.Next(1, Math.Max(2, Left))));
        Model.Tell((await Any().AppendAsync(Ticket, Say($"append {bytes.Length}", Of(bytes)))).Value(), bytes);
        var again = (await Any().AppendAsync(Ticket, Say($"the same again at {at}", Of(bytes) with { Offset = at }))).Failure;
        Assert.Equal(FailureKind.UploadOffsetMismatch, again?.Kind);
        Assert.Equal(new DifferentOffsets(Model.Offset, at), again!.Offsets);
    }

    protected async Task ElsewhereAsync()
    {
        var at = Math.Max(0, Model.Offset + Random.Next(-100_000, 100_000));
        at += at == Model.Offset ? 1 : 0;
        var failure = (await Any().AppendAsync(Ticket, Say($"append at {at}", Of(Bytes(10)) with { Offset = at }))).Failure;
        Assert.Equal(FailureKind.UploadOffsetMismatch, failure?.Kind);
        Assert.Equal(new DifferentOffsets(Model.Offset, at), failure!.Offsets);
    }

    // A body that is not as long as was declared, or would go beyond the end.
    protected async Task MisdeclareAsync()
    {
        var bytes = Bytes(Random.Next(1, Math.Max(2, Left)));
        var (declared, upload) = Random.Next(3) switch
        {
            0 => (bytes.Length + 1L, (long?)null),
            1 => (bytes.Length - 1L, null),
            _ => (bytes.Length, Model.Offset + bytes.Length - 1),
        };
        var failure = (await Any().AppendAsync(
            Ticket,
            Say(
                $"append {bytes.Length}, declared as {declared} of {upload}",
                Of(bytes) with { Length = declared, UploadLength = upload }))).Failure;
        if (declared == 0)
        {
            // Nothing was to come, and nothing was read.
            Assert.Null(failure);
        }
        else
        {
            Assert.Contains(failure!.Kind, (FailureKind[])[FailureKind.BodyTruncated, FailureKind.UploadLengthInconsistent]);
        }

        await FindAsync(bytes);
    }

    protected async Task FindAsync(params IReadOnlyList<byte[]> sent)
    {
        var found = await Any().FindAsync(Ticket);
        Say($"look: {found.Failure?.Kind.ToString() ?? $"{found.Value().Offset}"}");
        if (Model.IsCancelled)
        {
            Assert.Equal(FailureKind.UploadGone, found.Failure?.Kind);
            return;
        }

        Model.Tell(found.Value(), sent);
        Assert.Equal(Model.Length, found.Value().IsComplete ? Model.Length : found.Value().Length);
    }

    protected void Hear(Result<UploadStatus> result, params IReadOnlyList<byte[]> sent)
    {
        if (result.TryGet(out var status, out var failure))
        {
            Model.Tell(status, sent);
        }
        else if (failure.Offsets is { } offsets)
        {
            Model.Tell(offsets.Expected, sent);
        }
        else
        {
            Assert.Contains(
                failure.Kind, (FailureKind[])[FailureKind.UploadTakenOver, FailureKind.UploadBusy, FailureKind.UploadCompleted]);
        }
    }

    protected Append Of(byte[] bytes, bool completes = false)
    {
        if (completes && Model.Length is null)
        {
            Model.Length = Size;
        }

        return new Append
        {
            Body = Sluice.Body.IncomingBody.Of(bytes),
            Offset = Model.Offset,
            Length = bytes.Length,
            UploadLength = Ticket.Length is null ? Model.Length : null,
            Completes = completes && Ticket.Dialect == UploadDialect.Http,
        };
    }

    // No two bodies have a byte in common where it matters.
    protected byte[] Bytes(int count)
    {
        var bytes = new byte[Math.Max(0, count)];
        new Random((_seed * 1_000) + _bodies++).NextBytes(bytes);
        return bytes;
    }

    protected T Say<T>(string step, T value)
    {
        Say(step);
        return value;
    }

    protected void Say(string step) => _steps.Add($"{Model.Offset}: {step}");

    protected Instance Any() => _instances[Random.Next(_instances.Length)];
}
