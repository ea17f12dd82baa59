using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.Sinks.Blob;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// What to answer to a GET or HEAD: preconditions in the order of RFC 9110, section 13.2.2, then one byte range (section 14).
/// </summary>
/// <param name="Status">200, 206 or 304.</param>
/// <param name="Offset">The first byte to send.</param>
/// <param name="Length">How many bytes to send.</param>
/// <param name="HasContent">Whether they are sent at all.</param>
internal sealed record ReadPlan(int Status, long Offset, long Length, bool HasContent)
{
    public static Result<ReadPlan> For(HttpRequest request, StoredBlob blob)
    {
        var headers = request.GetTypedHeaders();
        var current = new EntityTagHeaderValue(blob.ETag);

        if (headers.IfMatch is { Count: > 0 } match
                ? !match.Any(tag => tag.Tag == "*" || tag.Compare(current, useStrongComparison: true))
                : headers.IfUnmodifiedSince < blob.LastModified)
        {
            return new Failure(FailureKind.PreconditionFailed, Phase.Read, "The blob is not the one asked for.");
        }

        if (headers.IfNoneMatch is { Count: > 0 } noneMatch
                ? noneMatch.Any(tag => tag.Tag == "*" || tag.Compare(current, useStrongComparison: false))
                : headers.IfModifiedSince >= blob.LastModified)
        {
            return new ReadPlan(StatusCodes.Status304NotModified, 0, 0, HasContent: false);
        }

        var isGet = HttpMethods.IsGet(request.Method);
        var whole = new ReadPlan(StatusCodes.Status200OK, 0, blob.Length, isGet && blob.Length > 0);

        // A range means something only with GET; If-Range that does not hold, another unit or several ranges give the whole blob.
        if (!isGet || headers.Range is not { Ranges: { Count: 1 } ranges } range || range.Unit != "bytes" || !IfRangeHolds(headers.IfRange, current, blob))
        {
            return whole;
        }

        var (from, to) = Bounds(ranges.First(), blob.Length);
        return from < blob.Length && from <= to
            ? new ReadPlan(StatusCodes.Status206PartialContent, from, to - from + 1, HasContent: true)
            : new Failure(FailureKind.RangeNotSatisfiable, Phase.Read, $"The blob has {blob.Length} bytes.") { LimitBytes = blob.Length };
    }

    private static bool IfRangeHolds(RangeConditionHeaderValue? condition, EntityTagHeaderValue current, StoredBlob blob) =>
        condition is null
        || condition.EntityTag?.Compare(current, useStrongComparison: true) == true
        || condition.LastModified == blob.LastModified;

    // "-n" is the last n bytes; "n-" is from n on; an end beyond the blob means its end.
    private static (long From, long To) Bounds(RangeItemHeaderValue range, long length) => range switch
    {
        { From: null, To: { } suffix } => (suffix == 0 ? length : Math.Max(0, length - suffix), length - 1),
        _ => (range.From ?? 0, Math.Min(range.To ?? length - 1, length - 1)),
    };
}
