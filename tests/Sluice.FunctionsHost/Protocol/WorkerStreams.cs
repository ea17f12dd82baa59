using AzureFunctionsRpcMessages;
using System.Collections.Concurrent;
using Grpc.Core;

namespace Sluice.FunctionsHost.Protocol;

/// <summary>The one call of the protocol: it says first which worker it is, and lasts as long as the worker.</summary>
internal sealed class WorkerStreams(ConcurrentDictionary<string, WorkerChannel> channels) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.StartStream is not { } start
            || !channels.TryGetValue(start.WorkerId, out var channel))
            throw new Grpc.Core.RpcException(new Status(StatusCode.NotFound, "Nobody waits for this worker."));
        await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
    }
}
