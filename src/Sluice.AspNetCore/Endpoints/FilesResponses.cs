using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Settings;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>What both upload protocols say with each response, problems included.</summary>
internal sealed class FilesResponses(
    EndpointGuard guard, ResumableUploads uploads, IOptions<ResumableOptions> options, IOptions<BlobOptions> blob,
    TimeProvider time)
{
    private const string Extensions = "creation,creation-with-upload,creation-defer-length,expiration,checksum,concatenation,termination";

    private readonly UploadLimits _limits = new(uploads.MaxBytes, options.Value, blob.Value.MaxBlocks);

    /// <summary>Sets the field that tus requires in every response. A request of the other protocol gets no fields of tus.</summary>
    public static void SetTusResumable(HttpRequest request)
    {
        if (!HttpMethods.IsOptions(request.Method) && !HttpUploadRequest.IsHttpDraft(request))
        {
            request.HttpContext.Response.Headers[UploadHeaders.TusResumable] = TusRequest.Version;
        }
    }

    /// <summary>The limits of one upload, as 104 tells them.</summary>
    public string Limits(UploadTicket ticket) =>
        _limits.Of(ticket).Write(ticket.Length, ticket.Expires - time.GetUtcNow());

    /// <summary>The state of an upload.</summary>
    public IResult Answer(HttpRequest request, UploadStatus status, int code, string? location)
    {
        SetProtocol(request, status.Ticket);
        return guard.Answer(status, code, _limits.Of(status.Ticket), location);
    }

    /// <summary>A failure, in the protocol of the upload or else of the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="failure">What failed.</param>
    /// <param name="ticket">The upload, if it is known.</param>
    public IResult Refuse(HttpRequest request, Failure failure, UploadTicket? ticket = null)
    {
        var headers = request.HttpContext.Response.Headers;
        if (ticket is not null)
        {
            SetProtocol(request, ticket);
        }

        if (ticket is null ? HttpUploadRequest.IsHttpDraft(request) : ticket.Dialect == UploadDialect.Http)
        {
            // The upload remains as it is, also when its commit was refused (draft, sections 4.2.2 and 4.4.2).
            HttpDraft.Of(request).Write(headers, isComplete: false);
        }
        else
        {
            failure = TusRequest.Reported(failure, HttpMethods.IsHead(UploadHeaders.Method(request)));
        }

        if (failure.Kind == FailureKind.TusVersionUnsupported)
        {
            headers[UploadHeaders.TusVersion] = TusRequest.Version;
        }

        if (failure.Kind is FailureKind.BodyTooLarge or FailureKind.UploadExhausted)
        {
            var limits = ticket is null ? _limits : _limits.Of(ticket);
            headers[UploadHeaders.Limit] = limits.Write(null, null);
            if (headers.ContainsKey(UploadHeaders.TusResumable))
            {
                headers[UploadHeaders.TusMaxSize] = Text(limits.MaxBytes);
            }
        }

        return guard.Refuse(failure);
    }

    /// <summary>What the protocols can do here.</summary>
    public IResult Discover(HttpRequest request)
    {
        var response = request.HttpContext.Response;
        var headers = response.Headers;
        headers[UploadHeaders.TusResumable] = TusRequest.Version;
        headers[UploadHeaders.TusVersion] = TusRequest.Version;
        headers[UploadHeaders.TusExtension] = Extensions;
        headers[UploadHeaders.TusMaxSize] = Text(uploads.MaxBytes);
        headers[UploadHeaders.TusChecksumAlgorithm] = string.Join(',', TusRequest.Checksums.Keys);
        headers[UploadHeaders.Limit] = _limits.Write(null, options.Value.Lifetime);
        // tus allows 200 and 204; Apple's background uploads accept only 200.
        return TypedResults.Ok();
    }

    // Whatever the request said, an upload keeps the protocol that it was created with.
    private static void SetProtocol(HttpRequest request, UploadTicket ticket)
    {
        var headers = request.HttpContext.Response.Headers;
        if (ticket.Dialect == UploadDialect.Tus)
        {
            headers[UploadHeaders.TusResumable] = TusRequest.Version;
        }
        else
        {
            headers.Remove(UploadHeaders.TusResumable);
        }
    }

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
