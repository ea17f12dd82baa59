using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Multipart;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// What every endpoint needs around it. It lifts the server's own limits before the first read, identifies and limits the caller, and turns
/// a bug in the endpoint, or while its response is written, into a problem instead of a bare 500. The Functions worker has no ASP.NET Core
/// middleware of ours, so this can't live there.
/// </summary>
internal sealed class EndpointGuard(
    SluiceHost host, IOptions<BodyOptions> body, IOptions<ReadOptions> read, CallerLimits limits, SluiceMetrics metrics, Shutdown shutdown,
    TimeProvider time, ILogger<EndpointGuard> logger)
{
    /// <summary>Runs an endpoint.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpoint">The endpoint to guard.</param>
    /// <param name="isLimited">Whether the caller's limits apply. They don't apply to health probes.</param>
    public async Task<IResult> RunAsync(
        HttpRequest request, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint, bool isLimited = true) =>
        new GuardedResult(await AnswerAsync(request, endpoint, isLimited), this);

    /// <summary>Lifts the server's own limits and identifies the caller. Returns why the request is refused, or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isLimited">Whether the caller's limits apply.</param>
    public Failure? Enter(HttpRequest request, bool isLimited = true)
    {
        // Once for each request, however many parts of an app ask: limits would count it twice.
        var features = request.HttpContext.Features;
        if (features.Get<Entrance>() is not { } entrance)
        {
            features.Set(entrance = new Entrance(Check(request, isLimited)));
        }

        return entrance.Refused;
    }

    private Failure? Check(HttpRequest request, bool isLimited)
    {
        LiftServerLimits(request.HttpContext);
        _ = limits.Find(request.HttpContext);
        if (TransferCoding.Fault(request) is { } fault)
        {
            return fault;
        }

        // On Kestrel, ASP.NET Core's own middleware has already checked the limits.
        if (isLimited && host == SluiceHost.Functions && limits.IsEnabled)
        {
            var lease = limits.AttemptAcquire(request.HttpContext);
            request.HttpContext.Response.RegisterForDispose(lease);
            if (!lease.IsAcquired)
            {
                var failure = CallerLimits.Refusal(lease);
                metrics.Failed(failure);
                return failure;
            }
        }

        if (host == SluiceHost.Functions && request.ContentLength > 0)
        {
            metrics.HostBuffered();
        }

        return null;
    }

    private async Task<IResult> AnswerAsync(
        HttpRequest request, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint, bool isLimited)
    {
        if (Enter(request, isLimited) is { } refused)
        {
            return Refuse(refused);
        }

        try
        {
            return await endpoint(request, request.HttpContext.RequestAborted);
        }
        catch (Exception e)
        {
            return Bug(request, e);
        }
    }

    /// <summary>Logs a bug of ours and responds with a problem.</summary>
    public IResult Bug(HttpRequest request, Exception exception)
    {
        EndpointLog.Bug(logger, exception, request);
        return Refuse(new Failure(FailureKind.Internal, Phase.Admit, "An unexpected error occurred. It was logged."));
    }

    /// <summary>A stored blob, or only its properties.</summary>
    public IResult Read(StoredBlob blob, ReadPlan plan, Stream? content) =>
        new BlobResult(blob, plan, content, read.Value, body.Value, time, logger, shutdown.Over);

    /// <summary>The response to a body that was accepted or refused.</summary>
    public IResult Answer(Result<UploadOutcome> result) => !result.TryGet(out var delivery, out var failure)
        ? Refuse(failure)
        : delivery switch
        {
            { Answered: true } => new RelayedResult(body.Value, time),
            { Duplicate: { } duplicate } => new DuplicateResult(duplicate),
            { Challenge: { } challenge } => TypedResults.Text(challenge),
            _ => new StoredResult(delivery.Receipt!),
        };

    /// <summary>The same, guarded: an exception while the response is written becomes a problem too.</summary>
    public IResult Result(Result<UploadOutcome> result) => new GuardedResult(Answer(result), this);

    /// <summary>The response to a form. If nothing was stored, the status is that of the first failure.</summary>
    public IResult Answer(FormOutcome result) => result.FirstFailure is { } failure && !result.IsAnythingStored
        ? Refuse(failure)
        : new FormResult(result, body.Value, time);

    /// <summary>The response to a failure.</summary>
    public IResult Refuse(Failure failure, IReadOnlyList<HealthCheckResponse>? checks = null) =>
        new ProblemResult(failure, body.Value, time, logger, checks);

    // Kestrel limits bodies to 30,000,000 bytes and disconnects clients below 240 bytes a second, in either direction; Sluice has its own
    // limits for all three.
    private static void LiftServerLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } upload)
        {
            upload.MinDataRate = null;
        }

        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } download)
        {
            download.MinDataRate = null;
        }
    }

    private sealed record Entrance(Failure? Refused);
}
