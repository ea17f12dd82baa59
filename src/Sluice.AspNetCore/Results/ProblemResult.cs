using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// A failure as <c>application/problem+json</c> (RFC 9457), or as a page for a client that prefers HTML; then the rest of the body is
/// drained within bounds.
/// </summary>
internal sealed class ProblemResult(
    Failure failure, BodyOptions options, TimeProvider time, ILogger logger, IReadOnlyList<HealthCheckResponse>? checks = null)
    : IResult
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var problem = FailureTable.Of(failure.Kind);
        var response = httpContext.Response;
        if (failure.Kind == FailureKind.ClientGone || response.HasStarted)
        {
            httpContext.Abort();
            return;
        }

        response.StatusCode = failure.Status ?? problem.Status;
        response.Headers.CacheControl = "no-store";
        var waiting = Drain.IsClientWaiting(httpContext.Request);
        if (waiting || failure.Kind is FailureKind.ShuttingDown or FailureKind.TransferCodingUnsupported)
        {
            response.SetLast();
        }

        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            // A 401 has to name an authentication scheme (RFC 9110, section 11.6.1). Keys and signatures have no registered scheme: HTTP
            // Message Signatures (RFC 9421) define none, and each webhook sender signs in its own way. No sender acts on the name; people
            // read it.
            response.Headers.WWWAuthenticate = failure.Challenge
                ?? failure.Kind switch
                {
                    FailureKind.KeyInvalid => "ApiKey header=\"x-functions-key\"",
                    // RFC 6750, section 3.1.
                    FailureKind.TokenInvalid => "Bearer error=\"invalid_token\"",
                    _ => "Signature",
                };
        }

        if (response.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status423Locked
            or StatusCodes.Status429TooManyRequests)
        {
            response.Headers.RetryAfter = Math.Ceiling((failure.RetryAfter ?? DefaultRetryAfter).TotalSeconds)
                .ToString(CultureInfo.InvariantCulture);
        }

        if (failure.Allow is { } allow)
        {
            response.Headers.Allow = string.Join(", ", allow);
        }

        if (failure.Offsets is { Expected: var offset })
        {
            response.Headers[UploadHeaders.Offset] = offset.ToString(CultureInfo.InvariantCulture);
        }

        if (failure is { Kind: FailureKind.RangeNotSatisfiable, LimitBytes: { } length })
        {
            response.Headers.ContentRange = $"bytes */{length.ToString(CultureInfo.InvariantCulture)}";
        }

        var body = ProblemResponse.Of(failure, httpContext, checks);
        // Not for failures that cost a stranger nothing to provoke, as often as they like.
        if (failure.Kind is not (FailureKind.KeyInvalid or FailureKind.TokenInvalid or FailureKind.RateLimited or FailureKind.NotReady))
        {
            EndpointLog.Answered(logger, httpContext.Request, body);
        }

        // RFC 9110, section 12.5.5. Beside Origin, which may be there already.
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        await (AcceptField.PrefersHtml(httpContext.Request.Headers)
            ? ProblemPage.WriteAsync(response, body, problem.Remedy)
            : SmallContent.WriteJsonAsync(response, body, ResponseJson.Readable.ProblemResponse, "application/problem+json"));
        // A client that has waited longer than it wants to may already be sending.
        if (!waiting || failure.Phase != Phase.Admit)
        {
            await Drain.RunAsync(httpContext, options, time, failure.Kind == FailureKind.ShuttingDown ? Drain.Last : null);
        }
    }
}
