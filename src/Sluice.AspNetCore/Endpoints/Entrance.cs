using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Diagnostics;
using Sluice.Failures;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// What happens to a request before an endpoint reads it: the server's own limits are lifted, and the caller is identified and limited.
/// </summary>
internal sealed class Entrance(
    SluiceHost host, CallerLimits limits, AppServicePrincipal principals, CrossOrigin pages, SluiceMetrics metrics)
{
    /// <summary>Lifts the server's own limits and identifies the caller. Returns why the request is refused, or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isLimited">Whether the caller's limits apply.</param>
    public Failure? Enter(HttpRequest request, bool isLimited = true)
    {
        // Once for each request, however many parts of an app ask: limits would count it twice.
        var features = request.HttpContext.Features;
        if (features.Get<Entered>() is not { } entered)
        {
            features.Set(entered = new Entered(Check(request, isLimited)));
        }

        return entered.Refused;
    }

    private Failure? Check(HttpRequest request, bool isLimited)
    {
        LiftServerLimits(request.HttpContext);
        if (pages.IsOn)
        {
            pages.Apply(request);
        }

        if (principals.Find(request.HttpContext) is { } unidentified)
        {
            return unidentified;
        }

        // Even where nothing is limited: memory is shared among callers, and rights and the log name them.
        _ = CallerFinder.Find(request.HttpContext, host, limits.AddressField);
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

    private sealed record Entered(Failure? Refused);
}
