using Sluice.Settings;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Routes;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Routing.Evidence;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads an upload from a request's head.</summary>
internal static class UploadRequest
{
    private const string MetadataPrefix = "x-ms-meta-";

    /// <summary>The body, one instance per request: the response checks whether the body was requested.</summary>
    public static IncomingBody Body(HttpRequest request)
    {
        var features = request.HttpContext.Features;
        if (features.Get<IncomingBody>() is not { } body)
        {
            var aborted = request.HttpContext.RequestAborted;
            body = new(Reader(request), exception => !IsFramingBroken(exception) || aborted.IsCancellationRequested);
            features.Set(body);
        }

        return body;
    }

    /// <summary>What decides about the uploads of a request; null if nothing does.</summary>
    public static IUploadGate? Gate(HttpRequest request, UploadKind kind) =>
        request.HttpContext.RequestServices?.GetService<IUploadGates>()?.For(request, kind);

    // Received bytes count against the sender, drained ones too.
    private static PipeReader Reader(HttpRequest request) =>
        request.HttpContext.RequestServices?.GetService<CallerLimits>() is { IsEnabled: true } limits
            ? new CountedReader(request.BodyReader, bytes => limits.Charge(request.HttpContext, bytes))
            : request.BodyReader;

    // Kestrel cancels RequestAborted on another thread, often after the read has failed, so the exception has to decide. Broken framing is
    // a BadHttpRequestException, except for a chunk size that overflows and a trailer with control characters. A connection that ended in
    // the middle of a body is one too, and only its message distinguishes the two.
    private static bool IsFramingBroken(Exception exception) => exception is BadHttpRequestException
        ? !exception.Message.StartsWith("Unexpected end of request content", StringComparison.Ordinal)
        : exception.InnerException is OverflowException or InvalidOperationException;

    /// <summary>An upload whose body, or a copy of it, becomes a blob.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The kind of route.</param>
    /// <param name="acceptsPart">Whether the body may be only the beginning, if the rest follows in other requests.</param>
    public static Result<Upload> Bind(HttpRequest request, UploadKind kind, bool acceptsPart = false)
    {
        if (!acceptsPart && UploadHeaders.IsPartial(request))
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"A partial body ({UploadHeaders.Complete}: ?0) is not accepted here: the body must be the whole blob. "
                    + "Send it to /api/files.");
        }

        // RFC 9110, section 9.3.4: a part that is mistaken for the whole would replace it ("curl -C" sends one).
        if (request.Headers.ContainsKey(HeaderNames.ContentRange))
        {
            return new Failure(FailureKind.HeaderInvalid, Phase.Admit, "Content-Range is not accepted: the body must be the whole blob.");
        }

        // Nothing that is mistaken for the whole would replace it too.
        if (UploadHeaders.IsChunked(request))
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"{UploadHeaders.TransferMode}: {UploadHeaders.Chunked} is not accepted here: the body must be the whole blob. "
                    + "Turn chunking off, or send to /api/blobs/{container}/{name} or /api/files.");
        }

        return Describe(request, kind);
    }

    /// <summary>An upload as the head of a request describes it, whether its body is in that request or not.</summary>
    public static Result<Upload> Describe(HttpRequest request, UploadKind kind)
    {
        if (!MediaTypeField.Read(request.Headers.ContentType).TryGet(out var mediaType, out var failure)
            || !Condition(request.Headers).TryGet(out var condition, out failure)
            || !DigestRequest.Declared(request.Headers).TryGet(out var digests, out failure)
            || !Features(request).TryGet(out var features, out failure))
        {
            return failure;
        }

        return new Upload
        {
            Kind = kind,
            Body = Body(request),
            Identity = CallerFinder.Of(request.HttpContext),
            Caller = CallerFinder.ShareOf(request.HttpContext),
            Gate = Gate(request, kind),
            Length = request.ContentLength,
            Condition = condition,
            Digests = digests,
            Wants = DigestPreference.Read(request.Headers[DigestField.WantRepresentation]),
            Properties = new BlobProperties
            {
                ContentType = mediaType,
                ContentEncoding = NullIfEmpty(request.Headers.ContentEncoding),
                ContentLanguage = NullIfEmpty(request.Headers.ContentLanguage),
                ContentDisposition = NullIfEmpty(request.Headers.ContentDisposition),
                CacheControl = NullIfEmpty(request.Headers.CacheControl),
                Features = features,
                Metadata = request.Headers
                    .Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                    .ToDictionary(
                        header => header.Key[MetadataPrefix.Length..], header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            },
        };
    }

    /// <summary>What the request asks of storage, beside keeping the bytes.</summary>
    public static Result<BlobFeatures> Features(HttpRequest request) =>
        request.HttpContext.RequestServices?.GetService<FeatureHeaders>()?.Read(request.Headers) ?? BlobFeatures.None;

    /// <summary>A body that is only relayed, with its headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The kind of route.</param>
    /// <param name="mediaTypes">The accepted media types. Without a policy nothing here reads the type, and any value passes.</param>
    public static Result<Upload> BindRelayed(HttpRequest request, UploadKind kind, MediaTypePolicy? mediaTypes = null)
    {
        if (!MediaTypeField.Read(request.Headers.ContentType).TryGet(out var mediaType, out var failure) && mediaTypes is not null)
        {
            return failure;
        }

        if (!DigestRequest.Declared(request.Headers).TryGet(out var digests, out failure))
        {
            return failure;
        }

        return new Upload
        {
            Kind = kind,
            Body = Body(request),
            Identity = CallerFinder.Of(request.HttpContext),
            Caller = CallerFinder.ShareOf(request.HttpContext),
            Gate = Gate(request, kind),
            Length = request.ContentLength ?? (CanHaveBody(request) ? null : 0),
            Digests = digests,
            MediaTypes = mediaTypes,
            Properties = new BlobProperties
            {
                ContentType = mediaType,
                ContentEncoding = NullIfEmpty(request.Headers.ContentEncoding),
            },
        };
    }

    /// <summary>
    /// A webhook delivery, which is relayed or stored. No event is lost because of its media type: an invalid one counts as not sent, here
    /// and for the recipient.
    /// </summary>
    public static Result<Upload> BindDelivery(HttpRequest request)
    {
        if (MediaTypeField.Read(request.Headers.ContentType).Failure is not null)
        {
            request.Headers.Remove(HeaderNames.ContentType);
        }

        return BindRelayed(request, UploadKind.Hook);
    }

    /// <summary>What the rules check besides the body.</summary>
    public static RouteRequest Routed(HttpRequest request, string method, string path, Guid id, TimeProvider time) => new(
        method,
        path,
        MediaTypeField.Read(request.Headers.ContentType).TryGet(out var mediaType, out _) ? mediaType : null,
        request.ContentLength,
        id,
        time.GetUtcNow(),
        request.Headers.Text,
        name => request.Query.TryGetValue(name, out var value) ? value.ToString() : null)
    {
        Caller = CallerFinder.Of(request.HttpContext),
    };

    private static bool CanHaveBody(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    /// <summary>The condition under which a blob may be written or deleted.</summary>
    public static Result<WriteCondition> Condition(IHeaderDictionary headers)
    {
        if (!Tag(headers.IfMatch, HeaderNames.IfMatch).TryGet(out var match, out var failure)
            || !Tag(headers.IfNoneMatch, HeaderNames.IfNoneMatch).TryGet(out var none, out failure))
        {
            return failure;
        }

        // An invalid date is ignored (RFC 9110, section 13.1.4).
        return new WriteCondition(match, none)
        {
            IfUnmodifiedSince = HeaderUtilities.TryParseDate(headers.IfUnmodifiedSince.ToString(), out var date) ? date : null,
        };
    }

    // Storage accepts one tag or '*' in the commit; a list could only be checked before the commit, which would guarantee nothing.
    private static Result<string?> Tag(StringValues values, string header)
    {
        if (values.Count == 0)
        {
            return (string?)null;
        }

        return values is [{ } value] && EntityTagHeaderValue.TryParse(value, out var tag)
            // Storage creates no tag with other characters (which RFC 9110, section 8.8.3 allows), and its client sends none.
            ? Ascii.IsValid(value) ? tag.ToString() : Never(header)
            : new Failure(FailureKind.HeaderInvalid, Phase.Admit, $"{header} must be '*' or one entity tag in quotes.");
    }

    private static Result<string?> Never(string header) => header == HeaderNames.IfMatch
        ? new Failure(FailureKind.PreconditionFailed, Phase.Admit, "No blob can have this entity tag.")
        : (string?)null;

    private static string? NullIfEmpty(StringValues values) => StringValues.IsNullOrEmpty(values) ? null : values.ToString();
}
