using Microsoft.AspNetCore.Http;
using Sluice.MediaTypes;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>Relays requests to the configured targets.</summary>
internal sealed class Forwarder(RelayClients clients, IHttpForwarder forwarder)
{
    /// <summary>The targets, as available to one request.</summary>
    public Forwarding For(HttpContext context) => new(context, clients, forwarder);

    /// <summary>The media types that a target accepts; null for any, and for a target that does not exist.</summary>
    public MediaTypePolicy? MediaTypes(string target) => clients.Find(target)?.Target.MediaTypes;
}
