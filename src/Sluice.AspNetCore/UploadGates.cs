using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Routing;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>Lets the app's <see cref="IUploadPolicy"/>, if it has registered one, decide about the uploads of a request.</summary>
/// <param name="services">Tells whether there is one.</param>
/// <param name="logger">Logs what it throws.</param>
internal sealed class UploadGates(IServiceProviderIsService services, ILogger<UploadGates> logger) : IUploadGates
{
    private readonly bool _hasPolicy = services.IsService(typeof(IUploadPolicy));

    public IUploadGate? For(HttpRequest request) =>
        _hasPolicy ? new Gate(request, logger) : null;

    private sealed class Gate(HttpRequest request, ILogger logger) : IUploadGate
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
                IncomingUpload.Of(request, upload, destination, rule, seen is null ? null : BodyPeek.Of(seen)), cancellationToken)
                ?? throw new InvalidOperationException($"{nameof(IUploadPolicy)} returned null.");
            if (decision.Refusal is { } refusal)
            {
                return refusal;
            }

            if (request.HttpContext.Response.HasStarted)
            {
                throw new InvalidOperationException(
                    $"{nameof(IUploadPolicy)} wrote to the response. To refuse an upload, return a decision.");
            }

            var restrictions = Restrictions.Of(decision.Restrictions);
            return restrictions.Apply(upload) with
            {
                Destination = Moved(destination, decision),
                MediaTypes = MediaTypePolicy.Both(upload.MediaTypes, restrictions.MediaTypes),
            };
        }

        private static Destination Moved(Destination destination, UploadDecision decision) =>
            decision is { Container: null, Name: null } ? destination
            : destination.Store is { } store
                ? destination with
                {
                    Store = store with { Container = decision.Container ?? store.Container, Name = decision.Name ?? store.Name },
                }
                : throw new InvalidOperationException(
                    $"{nameof(IUploadPolicy)} gave a container or a name to an upload that is only relayed.");
    }
}
