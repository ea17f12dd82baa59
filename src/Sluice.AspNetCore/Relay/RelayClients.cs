using Azure.Core;
using Microsoft.Extensions.Options;
using Sluice.Downstream;
using Sluice.Settings;

namespace Sluice.AspNetCore.Relay;

/// <summary>The clients of all configured targets.</summary>
internal sealed class RelayClients(IOptions<RelayOptions> options, Func<TokenCredential> signIn, TimeProvider time) : IDisposable
{
    private readonly Dictionary<string, RelayClient> _clients = options.Value.Targets.ToDictionary(
        static target => target.Key, target => new RelayClient(new RelayTarget(target.Key, target.Value), signIn, time),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The client of a target; null if there is no such target.</summary>
    public RelayClient? Find(string target) => _clients.GetValueOrDefault(target);

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }
}
