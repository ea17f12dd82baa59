using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Multipart;
using Sluice.AspNetCore.Requests;
using Sluice.Body;
using Sluice.Digests;
using Sluice.MediaTypes;
using Sluice.Rights;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>POST /api/blobs/{container}</c>: a form (RFC 7578). Each of its files becomes a blob as it arrives.</summary>
public sealed class FormEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _pipeline;
    private readonly Admission _admission;
    private readonly MultipartOptions _options;
    private readonly MediaTypePolicy? _mediaTypes;
    private readonly TimeProvider _time;

    internal FormEndpoint(
        EndpointGuard guard, UploadPipeline pipeline, Admission admission, IOptions<BlobOptions> blob, IOptions<MultipartOptions> options,
        TimeProvider time)
    {
        _mediaTypes = MediaTypePolicy.Compile(blob.Value.MediaTypes, new SettingProblems($"{BlobOptions.Section}:MediaTypes", null, []));
        _guard = guard;
        _pipeline = pipeline;
        _admission = admission;
        _options = options.Value;
        _time = time;
    }

    /// <summary>201 with all receipts; 207 if only some files were stored; a problem if none was.</summary>
    public Task<IResult> StoreAsync(HttpRequest request) => _guard.RunAsync(request, StoreAsync);

    private async Task<IResult> StoreAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!FormRequest.Bind(request).TryGet(out var form, out var failure))
        {
            return _guard.Refuse(failure);
        }

        using var watch = _pipeline.Watch(aborted);
        var probe = new BlobTarget(form.Container, $"{new FormFields(form, 0).Prefix}x");
        var (length, limit) = (request.ContentLength, _admission.MaxBodyBytes);
        if ((watch.Refusal
            // The name of each file is checked when it is known.
            ?? _admission.CheckRight(form.Head.Identity, RightOperation.Write, Place.Somewhere(form.Container))
            ?? _admission.CheckTarget(probe) ?? Admission.CheckLength(length, limit)) is { } refused)
        {
            FormRefusal.Report(_pipeline, refused, $"{form.Container}/", form.Head);
            return _guard.Refuse(refused);
        }

        using var whole = new GuardedBody(
            UploadRequest.Body(request), watch.Idle, length, limit, new BodyDigests([], form.Head.Digests));
        await using var body = new BodyStream(whole, _time);
        await using var run = new FormRun(
            form, new FormReader(body, form.Boundary, _options, watch), _pipeline, _mediaTypes, _options, watch);
        return _guard.Answer(await run.RunAsync());
    }
}
