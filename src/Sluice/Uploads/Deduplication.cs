using Sluice.Digests;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// One body that is stored once (<see cref="Upload.IsDeduplicated"/>). A name that is taken says nothing by itself: the same bytes are a
/// duplicate, and other bytes are stored beside them, whoever was first. So nobody can keep a body away by taking its name.
/// <code>
/// NAME               whoever comes first
/// NAME.HEAD          other bytes: HEAD is the SHA-256 of what the peek saw, which for a body within the window is all of it
/// NAME.HEAD.2, ...   other bytes that are longer than the window and begin alike
/// </code>
/// Each place is written with <c>If-None-Match: *</c>, so that of two who find it free one has to look again. The same body asks for the
/// same places in the same order, and so finds itself. How many are taken only storage knows, and it may say so for ever: there is a last look.
/// </summary>
/// <param name="reader">Tells what is stored.</param>
/// <param name="name">The first place.</param>
/// <param name="head">The SHA-256 of what the peek saw.</param>
/// <param name="isWhole">That was all of the body.</param>
/// <param name="length">Its declared length, if any.</param>
internal sealed class Deduplication(BlobReader reader, BlobTarget name, byte[] head, bool isWhole, long? length)
{
    // More than honest senders need, also where many bodies of one id come at once and each looks again whenever another was faster. Few enough for the sender to wait for.
    private const int MaxLooks = 256;

    private readonly List<(Duplicate Blob, byte[] Digest)> _taken = [];
    private int _looks;
    private byte[]? _digest = isWhole ? head : null;

    /// <summary>The blob that has the same bytes, once that is known.</summary>
    public Duplicate? Duplicate { get; private set; }

    /// <summary>What has to be computed of the body, and is kept with its blob, so that it can be compared.</summary>
    public IReadOnlyList<DigestAlgorithm> Digests { get; } = [DigestAlgorithm.Sha256];

    /// <summary>What is put behind the name; null for the first place.</summary>
    public string? Suffix { get; private set; }

    /// <summary>
    /// The first place that is free; null where <see cref="Duplicate"/> comes before it. What of a longer body is compared at its end.
    /// </summary>
    public async ValueTask<Result<BlobTarget?>> FindAsync(CancellationToken cancellationToken)
    {
        _taken.Clear();
        for (var place = 0; Duplicate is null; place++)
        {
            if (_looks++ == MaxLooks)
            {
                return new Failure(FailureKind.NameUnavailable, Phase.Admit, $"No name is free for it: storage was asked for {MaxLooks}, and each was taken by then.");
            }

            var (target, suffix) = Place(place);
            if (!(await reader.FindAsync(target, Phase.Admit, cancellationToken)).TryGet(out var found, out var failure))
            {
                return failure;
            }

            if (found is null)
            {
                Suffix = suffix;
                return (BlobTarget?)target;
            }

            if (length is not null && length != found.Length)
            {
                continue;
            }

            if (!(await reader.Sha256Async(target, found, Phase.Admit, cancellationToken)).TryGet(out var digest, out failure))
            {
                return failure;
            }

            _taken.Add((new Duplicate(target, found), digest));
            Duplicate = Same();
        }

        return (BlobTarget?)null;
    }

    /// <summary>The last of the body's checks: does not let one end that is a duplicate, so that no sink takes it for whole.</summary>
    /// <param name="digests">The body's, with its SHA-256.</param>
    public IBodyCheck Check(BodyDigests digests) => new EndCheck(this, digests);

    private Duplicate? Same() => _digest is null ? null : _taken.Find(taken => taken.Digest.AsSpan().SequenceEqual(_digest)).Blob;

    private (BlobTarget Target, string? Suffix) Place(int place)
    {
        if (place == 0)
        {
            return (name, null);
        }

        var suffix = $".{Convert.ToHexStringLower(head)}{(place == 1 ? "" : $".{place}")}";
        return (name with { Name = BlobName.Extend(name.Name, suffix) }, suffix);
    }

    private sealed class EndCheck(Deduplication once, BodyDigests digests) : IBodyCheck
    {
        public void Append(ReadOnlySpan<byte> bytes)
        {
            // The digests have seen them.
        }

        public Failure? Verify()
        {
            once._digest = digests.Values().First(static digest => digest.Algorithm == DigestAlgorithm.Sha256).Value;
            once.Duplicate = once.Same();
            return once.Duplicate is null ? null : new Failure(FailureKind.PreconditionFailed, Phase.Seal, "The body is stored already.");
        }

        public void Dispose()
        {
        }
    }
}
