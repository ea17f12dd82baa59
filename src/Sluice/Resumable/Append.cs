using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>Bytes that are to be added to an upload, as one request brings them.</summary>
internal sealed record Append
{
    /// <summary>The bytes.</summary>
    public required IncomingBody Body { get; init; }

    /// <summary>Who brought them, as far as shares and limits are concerned; empty where that is not known.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Where they belong.</summary>
    public required long Offset { get; init; }

    /// <summary>How many there are, if that was declared.</summary>
    public long? Length { get; init; }

    /// <summary>The length of the whole upload, if this request declares it.</summary>
    public long? UploadLength { get; init; }

    /// <summary>Whether the upload is whole with them, where its dialect leaves that to be said.</summary>
    public bool Completes { get; init; }

    /// <summary>The digests that were declared of them alone: none of them counts before all were checked.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>Where it would end, if its length was declared. Clients declare what they like: beyond all numbers it is the last of them.</summary>
    public long? End => EndOf(Offset, Length);

    /// <summary>Where so many bytes from an offset on would end.</summary>
    public static long? EndOf(long offset, long? length) => length > long.MaxValue - offset ? long.MaxValue : offset + length;

    /// <summary>Says how it does not fit an upload of that length, as far as can be seen before its first byte; or null.</summary>
    /// <param name="length">The upload's length, if it is known.</param>
    public Failure? Disagreement(long? length)
    {
        var (end, whole) = (End, length ?? UploadLength);
        return length is not null && UploadLength is { } told && told != length ? Inconsistent(Phase.Admit, $"The upload was declared as {length} bytes before, and now as {told}.")
            : (end ?? Offset) > whole ? Inconsistent(Phase.Admit, $"The upload has {whole} bytes; this request would end at {end ?? Offset}.")
            : Completes && end is not null && whole is not null && end != whole ? Inconsistent(Phase.Admit, $"The upload has {whole} bytes, and would be complete with {end}.")
            : null;
    }

    /// <summary>Says that the upload would become too large by it, as far as can be seen before its first byte; or null.</summary>
    /// <param name="maxBytes">The largest upload.</param>
    public Failure? Excess(long maxBytes) => Math.Max(UploadLength ?? 0, End ?? Offset) is var bytes && bytes > maxBytes
        ? new Failure(FailureKind.BodyTooLarge, Phase.Admit, $"The upload would have {bytes} bytes; {maxBytes} are possible.") { LimitBytes = maxBytes }
        : null;

    /// <summary>The failure of lengths that do not agree.</summary>
    public static Failure Inconsistent(Phase phase, string detail) => new(FailureKind.UploadLengthInconsistent, phase, detail);
}
