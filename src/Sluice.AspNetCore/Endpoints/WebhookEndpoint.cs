using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Storage;
using Sluice.Uploads;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>/api/hooks/{source}</c>: webhooks. A delivery is verified before anything becomes visible, and is stored once only, under the
/// sender's own delivery id. The blob itself records that these bytes were received.
/// </summary>
public sealed class WebhookEndpoint
{
    private static readonly WriteCondition _ifNoneIsThere = new(null, "*");

    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _pipeline;
    private readonly WebhookTable _sources;
    private readonly Forwarder _forwarder;
    private readonly Notifier _notifier;
    private readonly TimeProvider _time;

    internal WebhookEndpoint(
        EndpointGuard guard, UploadPipeline pipeline, WebhookTable sources, Forwarder forwarder, Notifier notifier, TimeProvider time)
    {
        _guard = guard;
        _pipeline = pipeline;
        _sources = sources;
        _forwarder = forwarder;
        _notifier = notifier;
        _time = time;
    }

    /// <summary>
    /// POST: 201 with a receipt, 200 for a duplicate, the target's response if the delivery is only relayed, or a problem.
    /// </summary>
    public Task<IResult> ReceiveAsync(HttpRequest request) => _guard.RunAsync(request, ReceiveAsync);

    /// <summary>
    /// GET, HEAD and OPTIONS: a sender that checks the address before it delivers. HEAD is 200 for every source; the others are answered as
    /// the sender of the source expects, or with 405.
    /// </summary>
    public Task<IResult> CheckAddressAsync(HttpRequest request) =>
        _guard.RunAsync(request, (_, _) => Task.FromResult(CheckAddress(request)));

    private IResult CheckAddress(HttpRequest request)
    {
        if (!Find(request).TryGet(out var source, out var failure))
        {
            return _guard.Refuse(failure);
        }

        return HttpMethods.IsHead(request.Method)
            ? new ChallengeResult(new ChallengeReply())
            : Challenge(source, request) ?? _guard.Refuse(new Failure(
                FailureKind.MethodRefused, Phase.Admit, $"The sender of this source does not check the address by {request.Method}.")
            { Allow = ["POST", "HEAD", .. source.AddressCheck.Methods] });
    }

    private IResult? Challenge(WebhookSource source, HttpRequest request) =>
        source.AddressCheck.Answer(new AddressQuestion(request.Method, request.Component, name => QueryOf(request, name))) is not { } answer
            ? null
            : answer.TryGet(out var reply, out var failure) ? new ChallengeResult(reply)
            : _guard.Refuse(failure);

    private async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!Find(request).TryGet(out var source, out var failure))
        {
            return _guard.Refuse(failure);
        }

        if (Challenge(source, request) is { } answered)
        {
            return answered;
        }

        if (!UploadRequest.BindDelivery(request).TryGet(out var bound, out failure)
            || !source.Scheme.Begin(Components(source, request), _time.GetUtcNow()).TryGet(out var claim, out failure))
        {
            return _guard.Refuse(failure);
        }

        var routed = UploadRequest.Routed(request, request.Method, "", bound.Id, _time);
        using var delivery = new WebhookDelivery(source, claim, routed);
        var upload = bound with
        {
            Source = source.Name,
            Router = delivery,
            PeekBytes = delivery.PeekBytes,
            Checks = [delivery],
            IsVouchedFor = () => delivery.IsVerified,
            MaxBytes = Upload.Least(source.Options.MaxBytes, claim.MaxBytes),
            Condition = source.Options.Store is null ? WriteCondition.None : _ifNoneIsThere,
            IsDeduplicated = source.Options.Store is not null,
            Properties = bound.Properties with { Metadata = WebhookMetadata.Of(request.Headers) },
            Downstreams = _forwarder.For(request.HttpContext),
        };

        // A process that shuts down waits for the event as it does for the body.
        using var watch = _pipeline.Watch(aborted);
        return _guard.Answer(await TellAsync(source, delivery, await _pipeline.TakeAsync(upload, watch)), source.Options.Status);
    }

    private async ValueTask<Result<UploadOutcome>> TellAsync(WebhookSource source, WebhookDelivery delivery, Result<UploadOutcome> taken) =>
        source.Notice is { } notice && taken.TryGet(out var done, out _) && done.Receipt is { } receipt
            ? done with { Receipt = receipt with { Notified = await _notifier.TellAsync(notice, source.Name, delivery.Id!, done) } }
            : taken;

    private Result<WebhookSource> Find(HttpRequest request) =>
        !_sources.TryFind(request.RouteValues["source"] as string ?? "", out var source)
            ? new Failure(FailureKind.SourceUnknown, Phase.Admit, "No webhook source has this name (Sluice:Hooks:Sources).")
            : !source.Options.Enabled
                ? new Failure(FailureKind.SourceOff, Phase.Admit, "This source accepts no more deliveries. Remove its URL at the sender.")
                : source;

    private static Func<string, string?> Components(WebhookSource source, HttpRequest request) =>
        source.Scheme.SignsHeaders ? request.RawComponent : request.Component;

    // A parameter that occurs twice can be read in two ways, and is none.
    private static string? QueryOf(HttpRequest request, string name) => request.Query[name] is [var only] ? only : null;
}
