using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Multipart;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Resumable;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// What every endpoint needs around it: the entrance, and its responses. It turns a bug in the endpoint, or while its response is written,
/// into a problem instead of a bare 500. The Functions worker has no ASP.NET Core middleware of ours, so this can't live there.
/// </summary>
internal sealed class EndpointGuard(
    Entrance entrance, IOptions<BodyOptions> body, IOptions<ReadOptions> read, Shutdown shutdown, TimeProvider time,
    ILogger<EndpointGuard> logger)
{
    /// <summary>Runs an endpoint.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpoint">The endpoint to guard.</param>
    /// <param name="isLimited">Whether the caller's limits apply. They don't apply to health probes.</param>
    public async Task<IResult> RunAsync(
        HttpRequest request, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint, bool isLimited = true)
    {
        if (entrance.Enter(request, isLimited) is { } refused)
        {
            return new GuardedResult(RefuseEarly(request, refused), this);
        }

        IResult answer;
        try
        {
            answer = await endpoint(request, request.HttpContext.RequestAborted);
        }
        catch (Exception e)
        {
            answer = Bug(request, e);
        }

        return new GuardedResult(answer, this);
    }

    /// <inheritdoc cref="Entrance.Enter"/>
    public Failure? Enter(HttpRequest request) => entrance.Enter(request);

    /// <summary>Logs a bug of ours and responds with a problem.</summary>
    public IResult Bug(HttpRequest request, Exception exception)
    {
        EndpointLog.Bug(logger, exception, request);
        return Refuse(new Failure(FailureKind.Internal, Phase.Admit, "An unexpected error occurred. It was logged."));
    }

    /// <summary>A stored blob, or only its properties.</summary>
    public IResult Read(StoredBlob blob, ReadPlan plan, Stream? content) =>
        new BlobResult(new BlobRead(blob, plan, content), read.Value, body.Value, time, logger, shutdown.Over);

    /// <summary>The response to a body that was accepted or refused.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="status">The status if it is stored, for a sender that expects another one than usual; null for the usual one.</param>
    public IResult Answer(Result<UploadOutcome> result, int? status = null) => !result.TryGet(out var delivery, out var failure)
        ? Refuse(failure)
        : delivery switch
        {
            { Answered: true } => new RelayedResult(body.Value, time),
            { Challenge: { } challenge } => new ChallengeResult(challenge),
            _ when status is StatusCodes.Status204NoContent => new NoContentResult(),
            { Duplicate: { } duplicate } => new DuplicateResult(duplicate, status ?? StatusCodes.Status200OK),
            _ => new StoredResult(delivery.Receipt!, status ?? StatusCodes.Status201Created),
        };

    /// <summary>The same, guarded: an exception while the response is written becomes a problem too.</summary>
    public IResult Result(Result<UploadOutcome> result) => new GuardedResult(Answer(result), this);

    /// <summary>The response to a form. If nothing was stored, the status is that of the first failure.</summary>
    public IResult Answer(FormOutcome result) => result.FirstFailure is { } failure && !result.IsAnythingStored
        ? Refuse(failure)
        : new FormResult(result, body.Value, time);

    /// <summary>The response to a request about a resumable upload.</summary>
    public IResult Answer(UploadStatus status, int code, UploadLimits limits, string? location) =>
        new ResumableUploadResult(status, code, limits, location, body.Value, time);

    /// <summary>The report of a peek.</summary>
    public IResult Answer(PeekReport report) => new PeekReportResult(report, body.Value, time);

    /// <summary>The response to a failure that is found before an endpoint reads the request.</summary>
    public IResult RefuseEarly(HttpRequest request, Failure failure)
    {
        UploadProtocol.WriteEarlyRefusal(request, failure);
        return Refuse(failure);
    }

    /// <summary>The response to a failure.</summary>
    public IResult Refuse(Failure failure, IReadOnlyList<HealthCheckResponse>? checks = null) =>
        new ProblemResult(failure, body.Value, time, logger, checks);
}
