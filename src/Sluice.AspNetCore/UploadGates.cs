using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Routing;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>Lets the app's <see cref="IUploadPolicy"/>, if it has registered one, decide about the uploads of a request.</summary>
/// <param name="services">Tells whether there is one.</param>
internal sealed class UploadGates(IServiceProviderIsService services) : IUploadGates
{
    private readonly bool _hasPolicy = services.IsService(typeof(IUploadPolicy));

    public IUploadGate? For(HttpRequest request) =>
        _hasPolicy ? new Gate(request.HttpContext.RequestServices.GetRequiredService<IUploadPolicy>(), request) : null;

    private sealed class Gate(IUploadPolicy policy, HttpRequest request) : IUploadGate
    {
        public async ValueTask<Result<Upload>> DecideAsync(
            Upload upload, Destination destination, string? rule, PeekedUpload? seen, CancellationToken cancellationToken)
        {
            UploadDecision decision;
            try
            {
                var incoming = new IncomingUpload(request, upload, destination, rule, seen is null ? null : BodyPeek.Of(seen));
                decision = await policy.DecideAsync(incoming, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return new Failure(
                    FailureKind.ClientGone, Phase.Route, "The client disconnected before the app had decided about its upload.");
            }

            if (decision.Refusal is { } refusal)
            {
                return refusal;
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
