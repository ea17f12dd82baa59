using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Policies;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>
/// Who decides about the uploads of a request: the app's <see cref="IUploadPolicy"/>, if it has registered one, and then the policy service
/// (<see cref="PolicyOptions"/>), if there is one. The service sees what the code decided, and is not asked about what the code refused.
/// </summary>
/// <param name="services">Tells whether the app has a policy.</param>
/// <param name="client">Asks the service.</param>
/// <param name="policy">How the service is asked.</param>
/// <param name="blob">What it may decide.</param>
/// <param name="logger">Logs why nobody has decided.</param>
internal sealed class UploadGates(
    IServiceProviderIsService services, PolicyClient client, IOptions<PolicyOptions> policy, IOptions<BlobOptions> blob,
    ILogger<UploadGates> logger) : IUploadGates
{
    private readonly bool _hasCode = services.IsService(typeof(IUploadPolicy));

    public IUploadGate? For(HttpRequest request, UploadKind kind)
    {
        var code = _hasCode ? new CodeGate(request, kind, logger) : null;
        var service = client.IsEnabled ? new ServiceGate(request, kind, client, policy.Value, blob.Value, logger) : null;
        return code is not null && service is not null ? new Both(code, service) : (IUploadGate?)code ?? service;
    }

    private sealed class Both(IUploadGate first, IUploadGate second) : IUploadGate
    {
        public async ValueTask<Result<Upload>> DecideAsync(
            Upload upload, Destination destination, string? rule, PeekedUpload? seen, CancellationToken cancellationToken)
        {
            var decided = await first.DecideAsync(upload, destination, rule, seen, cancellationToken);
            return decided.TryGet(out var accepted, out _)
                ? await second.DecideAsync(accepted, accepted.Destination!, rule, seen, cancellationToken)
                : decided;
        }
    }
}
