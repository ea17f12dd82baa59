using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>The app's own <see cref="IUploadPolicy"/> decides.</summary>
internal sealed class CodeGate(HttpRequest request, UploadKind kind, ILogger logger) : IUploadGate
{
    public async ValueTask<Result<Upload>> DecideAsync(
        Upload upload, Destination destination, string? rule, PeekedUpload? seen, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(upload, destination, rule, seen, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return new Failure(
                FailureKind.ClientGone, Phase.Route, "The client disconnected before the app had decided about its upload.");
        }
        catch (Exception e)
        {
            EndpointLog.PolicyFailed(logger, e, request);
            return new Failure(FailureKind.Internal, Phase.Route, "The app failed to decide about the upload. The error was logged.");
        }
    }

    private async ValueTask<Result<Upload>> AskAsync(
        Upload upload, Destination destination, string? rule, PeekedUpload? seen, CancellationToken cancellationToken)
    {
        var policy = request.HttpContext.RequestServices.GetRequiredService<IUploadPolicy>();
        var decision = await policy.DecideAsync(
            IncomingUpload.Of(request, kind, upload, destination, rule, seen is null ? null : BodyPeek.Of(seen)), cancellationToken)
            ?? throw new InvalidOperationException($"{nameof(IUploadPolicy)} returned null.");
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        return request.HttpContext.Response.HasStarted
            ? throw new InvalidOperationException(
                $"{nameof(IUploadPolicy)} wrote to the response. To refuse an upload, return a decision.")
            : decision.Apply(upload, destination);
    }
}
