using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>Bytes to append to an upload, as sent by one request.</summary>
internal sealed record Append
{
    /// <summary>The bytes.</summary>
    public required IncomingBody Body { get; init; }

    /// <summary>The sender, for shares and limits; empty if unknown.</summary>
    public string Caller { get; init; } = "";

    /// <summary>The offset at which they belong.</summary>
    public required long Offset { get; init; }

    /// <summary>How many bytes there are, if declared.</summary>
    public long? Length { get; init; }

    /// <summary>The length of the whole upload, if this request declares it.</summary>
    public long? UploadLength { get; init; }

    /// <summary>Whether they complete the upload, in a dialect in which the client says so.</summary>
    public bool Completes { get; init; }

    /// <summary>
    /// Whether it ends after <see cref="Settings.ResumableOptions.MaxAppendDuration"/>. One that brings all of an upload does not: its
    /// client expects the response to the whole.
    /// </summary>
    public bool IsTimed { get; init; } = true;

    /// <summary>
    /// Reports an offset to the client while it is still sending, and is called once at a time; null if the client can't receive interim
    /// responses.
    /// </summary>
    public Func<long, CancellationToken, ValueTask>? Report { get; init; }

    /// <summary>The digests that were declared of these bytes alone: none of the bytes counts before all of them were checked.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>
    /// Whether its client can't continue in the middle of it: after a failure it sends all of it again, from the same offset. Then none of
    /// the bytes counts before all of them arrived, and bytes that are stored already are acknowledged once more.
    /// </summary>
    public bool IsIndivisible { get; init; }

    /// <summary>Whether none of the bytes counts before all of them were received, and verified.</summary>
    public bool IsHeld => IsIndivisible || Digests.Count > 0;

    /// <summary>
    /// The offset after the last byte, if the length was declared. A client may declare any length: on overflow, this is the largest
    /// number.
    /// </summary>
    public long? End => EndOf(Offset, Length);

    /// <summary>The offset after this many bytes from an offset.</summary>
    public static long? EndOf(long offset, long? length) => length > long.MaxValue - offset ? long.MaxValue : offset + length;

    /// <summary>Whether it repeats bytes of an upload with that offset, because the response to them was lost.</summary>
    public bool Repeats(long offset) => IsIndivisible && End <= offset;

    /// <summary>
    /// Returns how the append does not fit an upload of that length, as far as this can be known before its first byte; or null.
    /// </summary>
    /// <param name="length">The upload's length, if known.</param>
    public Failure? Disagreement(long? length)
    {
        var (end, whole) = (End, length ?? UploadLength);
        return length is not null && UploadLength is { } told && told != length
            ? Inconsistent(Phase.Admit, $"The upload was declared as {length} bytes before, and now as {told}.")
            : (end ?? Offset) > whole
                ? Inconsistent(Phase.Admit, $"The upload has {whole} bytes; this request would end at {end ?? Offset}.")
            : Completes && end is not null && whole is not null && end != whole
                ? Inconsistent(Phase.Admit, $"The upload has {whole} bytes, and would be complete with {end}.")
            : null;
    }

    /// <summary>
    /// Returns a failure if the append would make the upload too large, as far as this can be known before its first byte; or null.
    /// </summary>
    /// <param name="maxBytes">The largest upload.</param>
    public Failure? Excess(long maxBytes) => Math.Max(UploadLength ?? 0, End ?? Offset) is var bytes && bytes > maxBytes
        ? new Failure(
            FailureKind.BodyTooLarge, Phase.Admit,
            $"The upload would have {bytes} bytes; the maximum is {maxBytes}.")
        { LimitBytes = maxBytes }
        : null;

    /// <summary>The failure for lengths that do not agree.</summary>
    public static Failure Inconsistent(Phase phase, string detail) => new(FailureKind.UploadLengthInconsistent, phase, detail);
}
