using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Rights;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>/api/blobs/{container}/{**name}</c>: stores a body as a block blob and streams it back.</summary>
public sealed class BlobEndpoint
{
    // A blob that is overwritten during each attempt, within milliseconds, is being written to in a loop.
    private const int MaxLooks = 5;

    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _pipeline;
    private readonly Admission _admission;
    private readonly BlobReader _reader;
    private readonly FilesCreation _chunked;
    private readonly MediaTypePolicy? _mediaTypes;

    internal BlobEndpoint(
        EndpointGuard guard, UploadPipeline pipeline, Admission admission, BlobReader reader, FilesCreation chunked,
        IOptions<BlobOptions> blob)
    {
        _mediaTypes = MediaTypePolicy.Compile(blob.Value.MediaTypes, new SettingProblems($"{BlobOptions.Section}:MediaTypes", null, []));
        _guard = guard;
        _pipeline = pipeline;
        _admission = admission;
        _reader = reader;
        _chunked = chunked;
    }

    /// <summary>
    /// PUT, POST: 201 with a receipt once the whole body is committed; otherwise a problem, and nothing has changed. With
    /// <c>x-ms-transfer-mode: chunked</c>, 200 with the URL of the upload that the body's chunks go to.
    /// </summary>
    public Task<IResult> StoreAsync(HttpRequest request) => _guard.RunAsync(request, StoreAsync);

    /// <summary>GET, HEAD: 200, 206, 304, or a problem.</summary>
    public Task<IResult> ReadAsync(HttpRequest request) => _guard.RunAsync(request, ReadAsync);

    private async Task<IResult> StoreAsync(HttpRequest request, CancellationToken aborted)
    {
        if (UploadHeaders.IsChunked(request))
        {
            // No byte has arrived that could be looked at, and none would be later.
            return _mediaTypes is null
                ? await _chunked.CreateLogicAppsAsync(request, BlobPath.Target(request), aborted)
                : _guard.Refuse(new Failure(
                    FailureKind.MediaTypeRefused, Phase.Admit,
                    $"{UploadHeaders.TransferMode}: {UploadHeaders.Chunked} is not accepted where Sluice:Blob:MediaTypes is set: "
                        + "media types are detected in the body."));
        }

        if (!UploadRequest.Bind(request, UploadKind.Put).TryGet(out var upload, out var failure))
        {
            return _guard.Refuse(failure);
        }

        return _guard.Answer(await _pipeline.TakeAsync(
            upload with
            {
                Destination = new Destination(BlobPath.Target(request)),
                MediaTypes = _mediaTypes,
            },
            aborted));
    }

    private async Task<IResult> ReadAsync(HttpRequest request, CancellationToken aborted)
    {
        var target = BlobPath.Target(request);
        if ((_admission.CheckRight(CallerFinder.Of(request.HttpContext), RightOperation.Read, Place.Blob(target))
            ?? _admission.CheckTarget(target)) is { } refused)
        {
            return _guard.Refuse(refused);
        }

        // A plain GET is one request to storage; HEAD, ranges and conditions first read the blob's properties.
        if (ReadPlan.IsPlainGet(request))
        {
            var whole = await _reader.OpenAsync(target, aborted);
            return whole.TryGet(out var stored, out var unread)
                ? _guard.Read(stored.Blob, ReadPlan.Whole(stored.Blob), stored.Content)
                : _guard.Refuse(unread);
        }

        for (var looks = 1; looks <= MaxLooks; looks++)
        {
            if (await ReadPartAsync(request, target, aborted) is { } answer)
            {
                return answer;
            }
        }

        return _guard.Refuse(new Failure(
            FailureKind.ReadConflict, Phase.Read, "The blob was overwritten at every attempt to read it. Retry."));
    }

    // Head and content belong to the same version. Null if another version was written in between: then the client set no condition for
    // that, or its condition is checked again for the new version.
    private async ValueTask<IResult?> ReadPartAsync(HttpRequest request, BlobTarget target, CancellationToken aborted)
    {
        if (!(await _reader.FindAsync(target, Phase.Read, aborted)).TryGet(out var found, out var failure))
        {
            return _guard.Refuse(failure);
        }

        if (found is null)
        {
            return _guard.Refuse(new Failure(FailureKind.BlobNotFound, Phase.Read, "The blob does not exist."));
        }

        if (!ReadPlan.For(request, found).TryGet(out var plan, out failure))
        {
            return _guard.Refuse(failure);
        }

        if (!plan.HasContent)
        {
            return _guard.Read(found, plan, null);
        }

        var opened = await _reader.OpenPartAsync(target, found.ETag, plan.Offset, plan.Length, aborted);
        return opened.TryGet(out var content, out failure) ? _guard.Read(found, plan, content)
            : failure.Kind is FailureKind.PreconditionFailed or FailureKind.RangeNotSatisfiable ? null
            : _guard.Refuse(failure);
    }
}
