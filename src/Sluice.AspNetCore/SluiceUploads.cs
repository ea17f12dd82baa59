using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.Body;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>
/// Streams bodies to blobs and services, from a function or an endpoint of your own, with the same guarantees as Sluice's routes: flat
/// memory, all or nothing, a truthful result. Available from the service container after <see cref="SluiceBuilderExtensions.AddSluice"/>.
/// <code>
/// app.MapPut("/invoices/{name}", async (HttpRequest request, string name, SluiceUploads uploads) =>
///     await uploads.StoreAsync(request, "invoices", name, new UploadPolicy { MaxBytes = 50_000_000, CreateOnly = true }));
/// </code>
/// </summary>
public sealed class SluiceUploads
{
    private const int StreamBufferBytes = 64 * 1024;

    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _pipeline;
    private readonly BodyPeeker _peeker;
    private readonly Forwarder _forwarder;
    private readonly MediaTypePolicy? _stored;

    internal SluiceUploads(EndpointGuard guard, UploadPipeline pipeline, BodyPeeker peeker, Forwarder forwarder, IOptions<BlobOptions> blob)
    {
        (_guard, _pipeline, _peeker, _forwarder) = (guard, pipeline, peeker, forwarder);
        _stored = MediaTypePolicy.Compile(blob.Value.MediaTypes, new SettingProblems($"{BlobOptions.Section}:MediaTypes", null, []));
    }

    /// <summary>
    /// Stores a request's body as a block blob, with its digests, conditions, properties and metadata, as <c>PUT /api/blobs</c> does.
    /// </summary>
    /// <param name="request">The request. Its body must not have been read, except by <see cref="PeekAsync"/>.</param>
    /// <param name="container">One of <c>Sluice:Blob:Containers</c> or <c>Sluice:Blob:Aliases</c>.</param>
    /// <param name="name">The blob's name; <c>/</c> separates folders.</param>
    /// <param name="policy">The restrictions on the body; null for the configured limits alone.</param>
    /// <param name="cancellationToken">
    /// Cancels the upload, besides the client. Nothing of it becomes visible then; a commit that has begun is completed.
    /// </param>
    /// <exception cref="ArgumentException">The policy has an invalid pattern, limit or metadata.</exception>
    /// <exception cref="InvalidOperationException">The body has been stored or relayed already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, and the client is still connected.</exception>
    public Task<UploadResult> StoreAsync(
        HttpRequest request, string container, string name, UploadPolicy? policy = null, CancellationToken cancellationToken = default) =>
        TakeAsync(request, Bind, _stored, new Destination(new BlobTarget(container, name)), policy, cancellationToken);

    /// <summary>Stores a body that does not come from an HTTP request of this process.</summary>
    /// <param name="body">Read from its current position to its end, and not disposed.</param>
    /// <inheritdoc cref="StoreAsync(HttpRequest, string, string, UploadPolicy?, CancellationToken)"/>
    /// <param name="container"/><param name="name"/><param name="policy"/><param name="cancellationToken"/>
    public async Task<UploadResult> StoreAsync(
        Stream body, string container, string name, UploadPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        var source = new SourceStream(body);
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: StreamBufferBytes, leaveOpen: true));
        try
        {
            var length = body.CanSeek ? Math.Max(0, body.Length - body.Position) : null as long?;
            var result = await StoreAsync(reader, length, container, name, policy, cancellationToken);
            source.ThrowIfBroken();
            return result;
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <inheritdoc cref="StoreAsync(Stream, string, string, UploadPolicy?, CancellationToken)"/>
    /// <param name="body">Read to its end, and not completed.</param>
    /// <param name="length">Its length in bytes, if known; a different length fails the upload.</param>
    /// <param name="container"/><param name="name"/><param name="policy"/><param name="cancellationToken"/>
    public async Task<UploadResult> StoreAsync(
        PipeReader body, long? length, string container, string name, UploadPolicy? policy = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0);
        var restrictions = Restrictions.Of(policy);
        var upload = new Upload
        {
            Body = new IncomingBody(body, static _ => false),
            IsOfApp = true,
            Length = length,
            MediaTypes = MediaTypePolicy.Both(_stored, restrictions.MediaTypes),
            Destination = new Destination(new BlobTarget(container, name)),
        };
        var outcome = await _pipeline.TakeAsync(restrictions.Apply(upload), cancellationToken);
        if (outcome.Failure is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new UploadResult(outcome, _guard, null);
    }

    /// <summary>
    /// Relays a request to a configured service and its response to the client, as <c>/api/relay</c> does. On success the response has been
    /// sent.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="target">One of <c>Sluice:Relay:Targets</c>.</param>
    /// <param name="path">The path below the target's address; must begin with a slash.</param>
    /// <param name="policy">The restrictions on the body; null for the configured limits alone.</param>
    /// <param name="cancellationToken">Cancels the request, as a disconnect of the client does.</param>
    /// <exception cref="ArgumentException">The policy has an invalid pattern.</exception>
    public Task<UploadResult> RelayAsync(
        HttpRequest request, string target, string path, UploadPolicy? policy = null, CancellationToken cancellationToken = default) =>
        TakeAsync(
            request, BindRelayed, _forwarder.MediaTypes(target), new Destination(null, new RelayPath(target, path)), policy,
            cancellationToken);

    /// <summary>Stores a request's body and relays it at the same time, in one pass.</summary>
    /// <param name="request">The request.</param>
    /// <param name="container">One of <c>Sluice:Blob:Containers</c> or <c>Sluice:Blob:Aliases</c>.</param>
    /// <param name="name">The blob's name.</param>
    /// <param name="target">One of <c>Sluice:Relay:Targets</c>.</param>
    /// <param name="path">The path below the target's address; must begin with a slash.</param>
    /// <param name="commit">Which of the two must succeed for the other to happen, and whose response the client gets.</param>
    /// <param name="policy">The restrictions on the body; null for the configured limits alone.</param>
    /// <param name="cancellationToken">Cancels the request, as a disconnect of the client does.</param>
    /// <exception cref="ArgumentException">
    /// The policy has an invalid pattern, or <paramref name="commit"/> is <see cref="TeeCommit.BlobFirstWithRetries"/>, which only rules
    /// and webhook sources can have.
    /// </exception>
    public Task<UploadResult> TeeAsync(
        HttpRequest request,
        string container,
        string name,
        string target,
        string path,
        TeeCommit commit = TeeCommit.Both,
        UploadPolicy? policy = null,
        CancellationToken cancellationToken = default) => commit == TeeCommit.BlobFirstWithRetries
        ? throw new ArgumentException("Only rules and webhook sources can have it.", nameof(commit))
        : TakeAsync(
            request,
            Bind,
            MediaTypePolicy.Both(_stored, _forwarder.MediaTypes(target)),
            new Destination(new BlobTarget(container, name), new RelayPath(target, path), commit),
            policy,
            cancellationToken);

    /// <summary>Reads the first bytes of a request's body without consuming them, to decide in code what to do with it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the wait for the bytes, as a disconnect of the client does.</param>
    public async Task<BodyPeek> PeekAsync(HttpRequest request, CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted, cancellationToken);
        return _guard.Enter(request) is { } refused ? BodyPeek.Failed(refused)
            : (await _peeker.PeekAsync(request, BodyPeek.Of, ends.Token)).TryGet(out var peek, out var failure) ? peek
            : BodyPeek.Failed(failure);
    }

    /// <summary>
    /// The response to a failure as Sluice's own routes give it: <c>application/problem+json</c>, or a page for a client whose
    /// <c>Accept</c> prefers HTML, and as much of the body read as the client needs to see it. For a body that code refuses:
    /// <c>new Failure(FailureKind.RouteRefused, Phase.Route, "...") { Status = 422 }</c>.
    /// </summary>
    /// <param name="failure">The failure; its detail goes to the client.</param>
    public IResult Problem(Failure failure) => _guard.Result(failure);

    private static Result<Upload> Bind(HttpRequest request, MediaTypePolicy? mediaTypes) =>
        UploadRequest.Bind(request, UploadKind.Put);

    private static Result<Upload> BindRelayed(HttpRequest request, MediaTypePolicy? mediaTypes) =>
        UploadRequest.BindRelayed(request, UploadKind.Relay, mediaTypes);

    private async Task<UploadResult> TakeAsync(
        HttpRequest request,
        Func<HttpRequest, MediaTypePolicy?, Result<Upload>> bind,
        MediaTypePolicy? configured,
        Destination destination,
        UploadPolicy? policy,
        CancellationToken cancellationToken)
    {
        var restrictions = Restrictions.Of(policy);
        if (UploadRequest.Body(request).IsConsumed)
        {
            throw new InvalidOperationException("The body of this request has already been stored or relayed. It can't be read twice.");
        }

        if (_guard.Enter(request) is { } refused)
        {
            return Result(refused);
        }

        var mediaTypes = MediaTypePolicy.Both(configured, restrictions.MediaTypes);
        if (!bind(request, mediaTypes).TryGet(out var upload, out var failure))
        {
            return Result(failure);
        }

        var aborted = request.HttpContext.RequestAborted;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, cancellationToken);
        upload = upload with
        {
            Destination = destination,
            Gate = null,
            IsOfApp = true,
            MediaTypes = mediaTypes,
            Downstreams = _forwarder.For(request.HttpContext),
        };
        var outcome = await _pipeline.TakeAsync(restrictions.Apply(upload), ends.Token);
        if (outcome.Failure is not null && !aborted.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Result(outcome);

        UploadResult Result(Result<UploadOutcome> result) => new(result, _guard, request.HttpContext.Response);
    }
}
