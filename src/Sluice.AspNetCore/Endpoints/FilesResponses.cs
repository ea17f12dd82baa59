using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Settings;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>What the upload protocols say with each response, problems included.</summary>
internal sealed class FilesResponses(
    EndpointGuard guard, ResumableUploads uploads, PublicAddress address, IOptions<ResumableOptions> options, IOptions<BlobOptions> blob,
    TimeProvider time)
{
    private const string Extensions = "creation,creation-with-upload,creation-defer-length,expiration,checksum,concatenation,termination";

    private readonly UploadLimits _limits = new(uploads.MaxBytes, options.Value, blob.Value.MaxBlocks);

    /// <summary>Sets the fields that the protocol of a request requires in every response.</summary>
    public static void SetVersion(HttpRequest request)
    {
        if (!HttpMethods.IsOptions(request.Method))
        {
            UploadProtocol.Of(request).WriteVersion(request.HttpContext.Response.Headers);
        }
    }

    /// <summary>The limits of one upload, as 104 tells them.</summary>
    public string Limits(UploadTicket ticket) =>
        _limits.Of(ticket).Write(ticket.Length, ticket.Expires - time.GetUtcNow());

    /// <summary>The state of an upload.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">The state.</param>
    /// <param name="created">The path of the upload, if the request created it.</param>
    public IResult Answer(HttpRequest request, UploadStatus status, string? created = null)
    {
        // Whatever the request said, an upload keeps the protocol that it was created with.
        var protocol = UploadProtocol.Of(status.Ticket);
        protocol.WriteVersion(request.HttpContext.Response.Headers);
        return guard.Answer(
            status,
            created is null ? protocol.CodeOf(UploadHeaders.Method(request)) : protocol.CreatedCode,
            _limits.Of(status.Ticket),
            created is not null && protocol.IsLocationAbsolute ? address.Of(request) + created : created);
    }

    /// <summary>A failure, in the protocol of the upload or else of the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="failure">What failed.</param>
    /// <param name="ticket">The upload, if it is known.</param>
    public IResult Refuse(HttpRequest request, Failure failure, UploadTicket? ticket = null)
    {
        var headers = request.HttpContext.Response.Headers;
        var protocol = ticket is null ? UploadProtocol.Of(request) : UploadProtocol.Of(ticket);
        protocol.WriteVersion(headers);
        protocol.WriteRefusal(request, failure, ticket);
        failure = protocol.Reported(failure, UploadHeaders.Method(request));
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

    /// <summary>A method that is not supported there; or the version of tus, which comes before it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="detail">What is wrong with its method.</param>
    /// <param name="allow">The methods that are.</param>
    public IResult RefuseMethod(HttpRequest request, string detail, IReadOnlyList<string> allow) =>
        Refuse(
            request, TusRequest.CheckNamedVersion(request)
                ?? new Failure(FailureKind.MethodRefused, Phase.Admit, detail) { Allow = allow });

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

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
