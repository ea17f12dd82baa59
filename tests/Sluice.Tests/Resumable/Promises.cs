using System.Text;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>
/// What was promised to clients, held against what storage has:
/// an offset never goes back, a byte that was told never changes, and what becomes visible is just that.
/// </summary>
internal sealed class Promises(ScriptedStorage storage, ulong upload)
{
    private static readonly FailureKind[] Expected =
    [
        FailureKind.UploadTakenOver, FailureKind.UploadBusy, FailureKind.UploadOffsetMismatch, FailureKind.UploadCompleted,
        FailureKind.UploadGone, FailureKind.StorageUnreachable, FailureKind.StorageStalled, FailureKind.DigestMismatch,
        FailureKind.OverBudget, FailureKind.WriteConflict, FailureKind.UploadLengthInconsistent,
    ];

    private readonly string _name = Rig.Target.ToString();
    private byte[] _kept = [];
    private byte[]? _visible;
    private bool _isGone;

    /// <summary>The largest offset that anybody was told.</summary>
    public long Reported { get; private set; }

    public bool IsComplete { get; private set; }

    public bool IsCancelled { get; private set; }

    /// <summary>Somebody has tried to give it up.</summary>
    public bool MayBeCancelled { get; set; }

    /// <summary>What the upload has now, as far as it hangs together.</summary>
    public byte[] Content()
    {
        var staged = storage.Staged(_name);
        var listing = new ChainListing(upload, keepData: true);
        foreach (var (id, _) in staged)
        {
            listing.Block(Encoding.ASCII.GetBytes(id), isCommitted: false);
        }

        if (listing.Chain.Resolve() is not { } state)
        {
            return storage.Blobs.GetValueOrDefault(_name)?.Content ?? [];
        }

        var bytes = staged.ToDictionary();
        return [.. listing.BlocksOf(state).SelectMany(block => bytes[block.ToBase64()])];
    }

    /// <summary>Looks at what is visible, after every request to storage.</summary>
    public void Look()
    {
        if (storage.Blobs.GetValueOrDefault(_name)?.Content is not { } content)
        {
            return;
        }

        if (_visible is not null)
        {
            Assert.True(ReferenceEquals(content, _visible) || content.AsSpan().SequenceEqual(_visible), "What was visible has changed.");
            return;
        }

        Assert.False(IsCancelled || _isGone, "An upload that was given up became visible.");
        Assert.True(content.Length >= Reported, $"{content.Length} bytes became visible; {Reported} had been told.");
        Assert.True(content.AsSpan().StartsWith(_kept), "What became visible is not what had been told.");
        _visible = content;
    }

    /// <summary>Holds an offset that a request was told while it was sending against what had been told when it began.</summary>
    public void HearProgress(InterleavedRequest request, long offset)
    {
        Assert.False(request.IsCancelled, "Somebody was told of an upload that had been given up.");
        Assert.InRange(offset, request.Offset + 1, request.Offset + request.Bytes!.Length);
        Hear(request, offset);
    }

    /// <summary>Holds an answer against what had been told when its request began.</summary>
    public void Hear(InterleavedRequest request)
    {
        if (request.Answer.Result.TryGet(out var status, out var failure))
        {
            Hear(request, status);
            return;
        }

        Assert.Contains(failure.Kind, Expected);
        // A complete upload has its end for an offset.
        if (failure.Offsets is { } offsets && offsets.Expected != _visible?.Length)
        {
            Hear(request, offsets.Expected);
        }

        Assert.True(failure.Kind != FailureKind.UploadCompleted || _visible is not null, "It was said to be complete, and is not visible.");
        _isGone |= failure.Kind == FailureKind.UploadGone;
        if (failure.Kind == FailureKind.UploadLengthInconsistent && failure.Detail.EndsWith("is invalid now.", StringComparison.Ordinal))
        {
            Assert.False(request.IsComplete || _visible is not null, "A complete upload became invalid.");
            IsCancelled = true;
        }

        Assert.True(failure.Kind != FailureKind.UploadGone || MayBeCancelled, "It was said to be gone, and nobody had given it up.");
    }

    private void Hear(InterleavedRequest request, UploadStatus status)
    {
        if (request.Cancels)
        {
            Assert.False(request.IsComplete || _visible is not null, "A complete upload was given up.");
            IsCancelled = true;
            return;
        }

        Assert.False(request.IsCancelled, "Somebody was told of an upload that had been given up.");
        if (!status.IsComplete)
        {
            Hear(request, status.Offset);
        }
        else
        {
            Assert.NotNull(_visible);
            Assert.Equal(_visible.Length, status.Offset);
            IsComplete = true;
        }

        if (request.Bytes is { Length: > 0 } bytes)
        {
            Assert.InRange(status.Offset, request.Offset, request.Offset + bytes.Length);
            var mine = Content().AsSpan((int)request.Offset, (int)(status.Offset - request.Offset));
            Assert.True(mine.SequenceEqual(bytes.AsSpan(0, mine.Length)), "Bytes were acknowledged that are not there.");
        }
    }

    private void Hear(InterleavedRequest request, long offset)
    {
        Assert.False(request.IsComplete, $"It was complete, and {offset} was told.");
        Assert.True(offset >= request.Reported, $"{request.Reported} had been told, and now {offset}.");
        Reported = Math.Max(Reported, offset);
        var content = Content();
        Assert.True(content.Length >= offset, $"{offset} was told, and {content.Length} bytes are there.");
        Assert.True(content.AsSpan().StartsWith(_kept), "Bytes that had been told have changed.");
        _kept = content[..(int)Math.Max(offset, _kept.Length)];
    }
}
