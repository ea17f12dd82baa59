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
/// What every endpoint needs around it: the server's own limits lifted before the first read, the caller known and limited, and a problem instead of a bare 500
/// when there is a bug, in the endpoint or while its answer is written. The Functions worker has no ASP.NET Core middleware of ours, so this can't live there.
/// </summary>
internal sealed class EndpointGuard(
    SluiceHost host, IOptions<BodyOptions> body, IOptions<ReadOptions> read, CallerLimits limits, SluiceMetrics metrics, Shutdown shutdown, TimeProvider time, ILogger<EndpointGuard> logger)
{
    /// <summary>Runs an endpoint.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpoint">What is guarded.</param>
    /// <param name="isLimited">Whether the caller's limits hold for it. Those of health probes don't.</param>
    public async Task<IResult> RunAsync(HttpRequest request, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint, bool isLimited = true) =>
        new GuardedResult(await AnswerAsync(request, endpoint, isLimited), this);

    private async Task<IResult> AnswerAsync(HttpRequest request, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint, bool isLimited)
    {
        LiftServerLimits(request.HttpContext);
        _ = limits.Find(request.HttpContext);
        if (TransferCoding.Fault(request) is { } fault)
        {
            return Refuse(fault);
        }

        // On Kestrel, ASP.NET Core's own middleware has asked them by now.
        if (isLimited && host == SluiceHost.Functions && limits.IsEnabled)
        {
            var lease = limits.AttemptAcquire(request.HttpContext);
            request.HttpContext.Response.RegisterForDispose(lease);
            if (!lease.IsAcquired)
            {
                var failure = CallerLimits.Refusal(lease);
                metrics.Failed(failure);
                return Refuse(failure);
            }
        }

        if (host == SluiceHost.Functions && request.ContentLength > 0)
        {
            metrics.HostBuffered();
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

    /// <summary>Logs a bug of ours, and answers with it.</summary>
    public IResult Bug(HttpRequest request, Exception exception)
    {
        EndpointLog.Bug(logger, exception, request);
        return Refuse(new Failure(FailureKind.Internal, Phase.Admit, "Something went wrong that should not have. It was logged."));
    }

    /// <summary>A stored blob, or nothing but what is stored beside it.</summary>
    public IResult Read(StoredBlob blob, ReadPlan plan, Stream? content) => new BlobResult(blob, plan, content, read.Value, body.Value, time, logger, shutdown.Over);

    /// <summary>The answer to a body that was taken, or was not.</summary>
    public IResult Answer(Result<UploadOutcome> result) => !result.TryGet(out var delivery, out var failure)
        ? Refuse(failure)
        : delivery switch
        {
            { Answered: true } => new RelayedResult(body.Value, time),
            { Duplicate: { } duplicate } => new DuplicateResult(duplicate),
            { Challenge: { } challenge } => TypedResults.Text(challenge),
            _ => new StoredResult(delivery.Receipt!),
        };

    /// <summary>The answer to a form. Where nothing was stored, the status says so by itself: that of the first thing that went wrong.</summary>
    public IResult Answer(FormOutcome result) => result.FirstFailure is { } failure && !result.IsAnythingStored
        ? Refuse(failure)
        : new FormResult(result, body.Value, time);

    /// <summary>The answer to a failure.</summary>
    public IResult Refuse(Failure failure, IReadOnlyList<HealthCheckResponse>? checks = null) => new ProblemResult(failure, body.Value, time, logger, checks);

    // Kestrel counts to 30,000,000 and cuts clients below 240 bytes a second, either way; Sluice has limits of its own for all three.
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
}
