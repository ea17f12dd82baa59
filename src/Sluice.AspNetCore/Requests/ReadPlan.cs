using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// How to respond to a GET or HEAD: preconditions in the order of RFC 9110, section 13.2.2, then one byte range (section 14).
/// </summary>
/// <param name="Status">200, 206 or 304.</param>
/// <param name="Offset">The first byte to send.</param>
/// <param name="Length">How many bytes to send.</param>
/// <param name="HasContent">Whether the bytes are sent at all.</param>
internal sealed record ReadPlan(int Status, long Offset, long Length, bool HasContent)
{
    /// <summary>A GET for the whole blob, unconditionally.</summary>
    public static bool IsPlainGet(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers is
        {
            Range.Count: 0, IfMatch.Count: 0, IfNoneMatch.Count: 0, IfModifiedSince.Count: 0, IfUnmodifiedSince.Count: 0,
        };

    /// <summary>The whole blob.</summary>
    public static ReadPlan Whole(StoredBlob blob) => new(StatusCodes.Status200OK, 0, blob.Length, HasContent: true);

    public static Result<ReadPlan> For(HttpRequest request, StoredBlob blob)
    {
        var headers = request.GetTypedHeaders();
        var current = new EntityTagHeaderValue(blob.ETag);

        if (request.Headers.IfMatch.Count > 0
                ? !headers.IfMatch.Any(tag => tag.Tag == "*" || tag.Compare(current, useStrongComparison: true))
                : headers.IfUnmodifiedSince < blob.LastModified)
        {
            return new Failure(FailureKind.PreconditionFailed, Phase.Read, "The blob does not satisfy the precondition.");
        }

        if (headers.IfNoneMatch is { Count: > 0 } noneMatch
                ? noneMatch.Any(tag => tag.Tag == "*" || tag.Compare(current, useStrongComparison: false))
                : headers.IfModifiedSince >= blob.LastModified)
        {
            return new ReadPlan(StatusCodes.Status304NotModified, 0, 0, HasContent: false);
        }

        var isGet = HttpMethods.IsGet(request.Method);
        var whole = new ReadPlan(StatusCodes.Status200OK, 0, blob.Length, isGet && blob.Length > 0);

        // A range has a meaning only for GET. If-Range that does not match, another unit or several ranges result in the whole blob.
        if (!isGet || headers.Range is not { Ranges: { Count: 1 } ranges } range
            || !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) || !IfRangeHolds(request, current, blob))
        {
            return whole;
        }

        // The last n bytes of an empty blob are the whole blob (RFC 9110, section 14.1.2).
        if (blob.Length == 0 && ranges.First() is { From: null, To: > 0 })
        {
            return whole;
        }

        var (from, to) = Bounds(ranges.First(), blob.Length);
        return from < blob.Length && from <= to
            ? new ReadPlan(StatusCodes.Status206PartialContent, from, to - from + 1, HasContent: true)
            : new Failure(FailureKind.RangeNotSatisfiable, Phase.Read, $"The blob has {blob.Length} bytes.") { LimitBytes = blob.Length };
    }

    // One that can't be parsed does not match: otherwise a part of another version would be spliced onto what the client has.
    private static bool IfRangeHolds(HttpRequest request, EntityTagHeaderValue current, StoredBlob blob)
    {
        if (request.Headers.IfRange.Count == 0)
        {
            return true;
        }

        var condition = request.GetTypedHeaders().IfRange;
        return condition?.EntityTag?.Compare(current, useStrongComparison: true) == true || condition?.LastModified == blob.LastModified;
    }

    // "-n" is the last n bytes; "n-" is from n on; an end beyond the blob means the end of the blob.
    private static (long From, long To) Bounds(RangeItemHeaderValue range, long length) => range switch
    {
        { From: null, To: { } suffix } => (suffix == 0 ? length : Math.Max(0, length - suffix), length - 1),
        _ => (range.From ?? 0, Math.Min(range.To ?? length - 1, length - 1)),
    };
}
