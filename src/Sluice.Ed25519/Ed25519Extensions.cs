using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sluice.Webhooks;

namespace Sluice.Ed25519;

/// <summary>Adds Ed25519 to a host.</summary>
public static class Ed25519Extensions
{
    /// <summary>
    /// Lets sources of webhooks have Ed25519 public keys (<c>whpk_</c>) among their secrets. Without it such a key fails startup. Call it
    /// before or after <c>AddSluice</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddSluiceEd25519(this IServiceCollection services)
    {
        services.TryAddSingleton<IEd25519, BouncyCastleEd25519>();
        return services;
    }
}
