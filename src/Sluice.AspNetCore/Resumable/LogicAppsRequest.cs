using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Settings;

namespace Sluice.AspNetCore.Resumable;

/// <summary>
/// Reads requests of the chunking of Azure Logic Apps and Power Automate
/// (https://learn.microsoft.com/azure/logic-apps/logic-apps-handle-large-messages#upload-chunks): an empty request announces the content,
/// and each <c>PATCH</c> brings a chunk with its range.
/// </summary>
internal static class LogicAppsRequest
{
    private const string Unit = "bytes";

    /// <summary>The upload that the first request announces.</summary>
    public static Result<UploadTicket> Describe(HttpRequest request)
    {
        if (!UploadHeaders.TryReadNumber(request.Headers[UploadHeaders.WholeLength], out var length))
        {
            return Refused($"{UploadHeaders.WholeLength} is required and must be a number of bytes.");
        }

        if (!UploadRequest.Describe(request, UploadKind.Resumable).TryGet(out var bound, out var failure)
            || !UploadDescription.Read(request, bound, UploadDialect.LogicApps, length).TryGet(out var ticket, out failure))
        {
            return failure;
        }

        if (bound.Condition is { IfNoneMatch: not (null or "*") } or { IfMatch: null, IfUnmodifiedSince: not null })
        {
            return Refused("For a chunked upload only If-Match and If-None-Match: * are supported.");
        }

        if (bound.Digests.Count != (ticket.Sha256 is null ? 0 : 1))
        {
            return Refused("For a chunked upload the only supported digest of the whole is sha-256 in Repr-Digest.");
        }

        return ticket with
        {
            CreateOnly = bound.Condition.IfNoneMatch is not null,
            IfMatch = bound.Condition.IfMatch,
            // No chunk follows that could declare a type.
            Properties = length > 0 ? ticket.Properties : WithType(ticket, null).Properties,
        };
    }

    /// <summary>
    /// Returns why the first request is refused, if it has content, or null. Its sender does not know that content comes in chunks, and
    /// would take the response for that to an upload.
    /// </summary>
    public static async ValueTask<Failure?> CheckEmptyAsync(HttpRequest request, BodyWatch watch)
    {
        if (request.ContentLength == 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            return null;
        }

        var isEmpty = false;
        if (request.ContentLength is null)
        {
            using var guarded = new GuardedBody(
                UploadRequest.Body(request), watch.Idle, declaredLength: null, long.MaxValue, new BodyDigests([], []));
            var read = await guarded.ReadAsync(Memory<byte>.Empty, watch.Token);
            if (read.Failure is { } failure)
            {
                return failure;
            }

            isEmpty = read.End;
        }

        return isEmpty
            ? null
            : Refused($"A request with {UploadHeaders.TransferMode}: {UploadHeaders.Chunked} must have no content: send it with PATCH.");
    }

    /// <summary>A chunk.</summary>
    public static Result<Append> Patch(HttpRequest request)
    {
        if (!Range(request.Headers.ContentRange).TryGet(out var range, out var failure)
            || !DigestRequest.Declared(request.Headers).TryGet(out var digests, out failure))
        {
            return failure;
        }

        var (offset, length) = (range.From!.Value, range.To!.Value - range.From.Value + 1);
        if (request.ContentLength is { } content && content != length)
        {
            return Refused($"{HeaderNames.ContentRange} has {length} bytes, but {HeaderNames.ContentLength} is {content}.");
        }

        return new Append
        {
            Body = UploadRequest.Body(request),
            Caller = CallerFinder.ShareOf(request.HttpContext),
            Offset = offset,
            Length = length,
            UploadLength = range.Length,
            Digests = digests,
            IsIndivisible = true,
        };
    }

    /// <summary>The upload with a media type: that of the first request, or else that of a chunk.</summary>
    public static UploadTicket WithType(UploadTicket ticket, string? mediaType) => ticket with
    {
        Properties = ticket.Properties with { ContentType = ticket.Properties.ContentType ?? mediaType ?? UploadDescription.DefaultType },
    };

    // RFC 9110, section 14.4, where a space follows the unit. Microsoft's description shows '=' instead, as in Range.
    private static Result<ContentRangeHeaderValue> Range(string? field) =>
        ContentRangeHeaderValue.TryParse(
            field?.StartsWith($"{Unit}=", StringComparison.OrdinalIgnoreCase) == true ? $"{Unit} {field[(Unit.Length + 1)..]}" : field,
            out var range)
        && range is { HasRange: true, HasLength: true } && range.Unit.Equals(Unit, StringComparison.OrdinalIgnoreCase)
            ? range
            : Refused($"{HeaderNames.ContentRange} is required, as {Unit} FIRST-LAST/LENGTH.");

    private static Failure Refused(string detail) => new(FailureKind.HeaderInvalid, Phase.Admit, detail);
}
