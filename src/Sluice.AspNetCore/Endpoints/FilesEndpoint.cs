using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>/api/files</c> and <c>/api/files/{id}</c>: uploads that span several requests, by tus 1.0.0, by Resumable Uploads for HTTP, and by
/// the chunking of Azure Logic Apps. The request that creates an upload declares its protocol: <c>Tus-Resumable</c>,
/// <c>Upload-Complete</c> or <c>x-ms-transfer-mode</c>. docs/protocol.md has every rule.
/// </summary>
public sealed class FilesEndpoint
{
    private static readonly string[] _methods = ["POST", "OPTIONS"];

    private readonly EndpointGuard _guard;
    private readonly FilesCreation _creation;
    private readonly FilesResource _resource;
    private readonly FilesResponses _responses;

    internal FilesEndpoint(EndpointGuard guard, FilesCreation creation, FilesResource resource, FilesResponses responses)
    {
        _guard = guard;
        _creation = creation;
        _resource = resource;
        _responses = responses;
    }

    /// <summary>OPTIONS: the supported protocol features, and what pages of other origins may do.</summary>
    public Task<IResult> DiscoverAsync(HttpRequest request) => RunAsync(request, _ => Task.FromResult(_responses.Discover(request)));

    /// <summary>POST: creates an upload, with or without its first bytes; or stores a complete body at once.</summary>
    public Task<IResult> CreateAsync(HttpRequest request) => RunAsync(request, aborted =>
        UploadHeaders.NamesAnotherMethod(request) ? Task.FromResult(_responses.RefuseMethod(
            request, $"{UploadHeaders.MethodOverride} applies only to the URL of an upload.", _methods))
        : request.Headers.ContainsKey(UploadHeaders.TusResumable) ? _creation.CreateTusAsync(request, aborted)
        : HttpUploadRequest.Completes(request) is not null ? _creation.CreateHttpAsync(request, aborted)
        : HttpUploadRequest.IsHttpDraft(request) ? Task.FromResult(_responses.Refuse(request, new Failure(
            FailureKind.HeaderInvalid, Phase.Admit, $"{HttpDraft.Of(request).CompleteField} must be ?0 or ?1.")))
        : UploadHeaders.IsChunked(request) ? _creation.CreateLogicAppsAsync(request, blob: null, aborted)
        : Task.FromResult(_responses.Refuse(request, new Failure(
            FailureKind.TusVersionUnsupported, Phase.Admit,
            $"Select a protocol: send {UploadHeaders.TusResumable}: {TusRequest.Version}, or {UploadHeaders.Complete}: "
                + $"?0 (draft-ietf-httpbis-resumable-upload), or {UploadHeaders.TransferMode}: {UploadHeaders.Chunked} "
                + $"(Azure Logic Apps)."))));

    /// <summary>HEAD, GET: the offset of the upload.</summary>
    public Task<IResult> FindAsync(HttpRequest request) => RunAsync(request, aborted => _resource.FindAsync(request, aborted));

    /// <summary>PATCH, or POST with that method in <c>X-HTTP-Method-Override</c>: appends bytes to the upload.</summary>
    public Task<IResult> AppendAsync(HttpRequest request)
    {
        var method = UploadHeaders.Method(request);
        return HttpMethods.IsPatch(method) ? RunAsync(request, aborted => _resource.AppendAsync(request, aborted))
            : HttpMethods.IsHead(method) ? FindAsync(request)
            : HttpMethods.IsDelete(method) ? CancelAsync(request)
            : RunAsync(request, _ => Task.FromResult(_responses.RefuseMethod(
                request, $"A POST to an upload requires {UploadHeaders.MethodOverride}: PATCH, HEAD or DELETE.", FilesResource.Methods)));
    }

    /// <summary>DELETE: abandons the upload.</summary>
    public Task<IResult> CancelAsync(HttpRequest request) => RunAsync(request, aborted => _resource.CancelAsync(request, aborted));

    private Task<IResult> RunAsync(HttpRequest request, Func<CancellationToken, Task<IResult>> run) =>
        _guard.RunAsync(request, (_, aborted) =>
        {
            FilesResponses.SetVersion(request);
            return run(aborted);
        });
}
