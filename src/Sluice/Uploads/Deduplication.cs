using Sluice.Digests;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// One body that is stored once (<see cref="Upload.IsDeduplicated"/>). A name that is taken proves nothing by itself: a body with the same
/// bytes is a duplicate, and other bytes are stored under a derived name, whoever was first. So nobody can block a body by taking its name.
/// <code>
/// NAME               whoever comes first
/// NAME.HEAD          other bytes: HEAD is the SHA-256 of what the peek saw, which for a body within the window is all of it
/// NAME.HEAD.2, ...   other bytes that are longer than the window and begin alike
/// </code>
/// Each candidate name is written with <c>If-None-Match: *</c>, so that of two uploads that find it free one has to check again. The same
/// body tries the same names in the same order, and so finds its own copy. Only storage knows how many are taken, and that could go on
/// forever: so the number of attempts is limited.
/// </summary>
/// <param name="reader">Reads what is stored.</param>
/// <param name="name">The first candidate name.</param>
/// <param name="head">The SHA-256 of the bytes that the peek read.</param>
/// <param name="isWhole">Whether those were the whole body.</param>
/// <param name="length">Its declared length, if any.</param>
internal sealed class Deduplication(BlobReader reader, BlobTarget name, byte[] head, bool isWhole, long? length)
{
    // More than honest senders need, even if many bodies with one id arrive at once and each checks again whenever another was faster. Few
    // enough for the sender to wait for.
    private const int MaxLooks = 256;

    private readonly List<(Duplicate Blob, byte[] Digest)> _taken = [];
    private int _looks;
    private byte[]? _digest = isWhole ? head : null;

    /// <summary>The blob that has the same bytes, once known.</summary>
    public Duplicate? Duplicate { get; private set; }

    /// <summary>The digests that must be computed of the body and are stored with its blob, so that it can be compared.</summary>
    public IReadOnlyList<DigestAlgorithm> Digests { get; } = [DigestAlgorithm.Sha256];

    /// <summary>The suffix of the name; null for the first candidate.</summary>
    public string? Suffix { get; private set; }

    /// <summary>The same for another first candidate name. Nothing must have been looked for yet.</summary>
    public Deduplication At(BlobTarget other) => new(reader, other, head, isWhole, length);

    /// <summary>
    /// Returns the first name that is free; null if a <see cref="Duplicate"/> is found before it. What remains of a longer body is compared
    /// at its end.
    /// </summary>
    public async ValueTask<Result<BlobTarget?>> FindAsync(CancellationToken cancellationToken)
    {
        _taken.Clear();
        for (var place = 0; Duplicate is null; place++)
        {
            if (_looks++ == MaxLooks)
            {
                return new Failure(
                    FailureKind.NameUnavailable, Phase.Admit,
                    $"No free name was found: all {MaxLooks} names that were tried are taken.");
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

    /// <summary>The last of the body's checks: fails at the end of a duplicate, so that no sink takes it for complete.</summary>
    /// <param name="digests">The body's digests, including its SHA-256.</param>
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
            // The digests have already processed them.
        }

        public Failure? Verify()
        {
            once._digest = digests.Values().First(static digest => digest.Algorithm == DigestAlgorithm.Sha256).Value;
            once.Duplicate = once.Same();
            return once.Duplicate is null ? null : new Failure(FailureKind.PreconditionFailed, Phase.Seal, "The body is already stored.");
        }

        public void Dispose()
        {
        }
    }
}
