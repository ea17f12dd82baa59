using Microsoft.AspNetCore.Http;
using Sluice.Downstream;
using Sluice.Failures;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// The downstream services as available to one request: YARP carries it there, with the client's method, query and headers.
/// </summary>
internal sealed class Forwarding(HttpContext context, RelayClients clients, IHttpForwarder forwarder) : IDownstreams
{
    private readonly Dictionary<RelayPath, (RelayClient Client, Uri Address)> _checked = [];

    public Failure? Check(RelayPath path)
    {
        if (clients.Find(path.Target) is not { } client)
        {
            return NoDownstreams.Instance.Check(path);
        }

        var request = context.Request;
        var query = RelayQuery.WithoutKey(request.QueryString);
        if (!client.Target.Find(request.Method, path.Path, query, request.ContentLength).TryGet(out var address, out var failure))
        {
            return failure;
        }

        _checked[path] = (client, address);
        return null;
    }

    public long? MaxBytes(RelayPath path) => _checked[path].Client.Target.Options.MaxBytes;

    public RelayRequest Describe(IReadOnlyList<RelayPath> paths) => new(
        paths, context.Request.Method, RelayQuery.WithoutKey(context.Request.QueryString), RelayHeaders.Keep(context.Request));

    public IDownstreamRequest Open(RelayPath path, Guid? key)
    {
        var (client, address) = _checked[path];
        return new ForwardedRequest(context, client, address, forwarder) { IdempotencyKey = key };
    }
}
