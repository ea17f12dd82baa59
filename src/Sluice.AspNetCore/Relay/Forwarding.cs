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
    public Failure? Check(RelayPath path) => clients.Find(path.Target) is { } client
        ? client.Target.Check(context.Request.Method, path.Path, context.Request.ContentLength)
        : NoDownstreams.Instance.Check(path);

    public long? MaxBytes(RelayPath path) => clients.Find(path.Target)?.Target.Options.MaxBytes;

    public RelayRequest Describe(IReadOnlyList<RelayPath> paths) => new(
        paths, context.Request.Method, RelayQuery.WithoutKey(context.Request.QueryString), RelayHeaders.Keep(context.Request));

    public IDownstreamRequest Open(RelayPath path, Guid? key)
    {
        var client = clients.Find(path.Target)!;
        return client.Target.TryAddress(path.Path, RelayQuery.WithoutKey(context.Request.QueryString), out var address, out var problem)
            ? new ForwardedRequest(context, client, address, forwarder) { IdempotencyKey = key }
            : throw new InvalidOperationException(problem);
    }
}
