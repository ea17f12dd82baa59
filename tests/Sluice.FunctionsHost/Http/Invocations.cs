using AzureFunctionsRpcMessages;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.FunctionsHost.Logs;
using Sluice.FunctionsHost.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.FunctionsHost.Http;

/// <summary>
/// A request as an invocation: the request itself goes to the worker's HTTP server, and the word that it comes over the protocol; both have
/// to end well.
/// </summary>
internal sealed class Invocations(HttpProxy proxy, WorkerSupervisor workers, TimeSpan timeout, HostLogs logs)
{
    /// <summary>Invokes the function, which answers the request.</summary>
    /// <exception cref="InvalidOperationException">It did not, or not well. The answer may have begun.</exception>
    public async Task RunAsync(HttpContext http, HttpFunction function, RouteValueDictionary values)
    {
        await BufferAsync(http.Request);
        var worker = await workers.ReadyAsync(http.RequestAborted);
        var invocation = new Invocation(worker, function.Name, timeout, logs);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var forwarding = Task.FromResult(ForwarderError.None);
        try
        {
            forwarding = proxy.ForwardAsync(http, worker.HttpAddress, invocation.Id, ended.Token);
            invocation.Send(Request(http.Request, function, values, invocation));
            using var abort = http.RequestAborted.Register(invocation.Cancel);
            var answer = await invocation.AnswerAsync(CancellationToken.None);
            var error = await forwarding;
            if (error != ForwarderError.None)
                throw new InvalidOperationException(
                    $"The request could not be forwarded: {error}", http.Features.Get<IForwarderErrorFeature>()?.Exception);
            Invocation.Check(answer);
            invocation.Succeeded();
        }
        catch (Exception e)
        {
            invocation.Failed(e);
            throw;
        }
        finally
        {
            invocation.End();
            // Nobody may still be reading the request when it is answered.
            await ended.CancelAsync();
            _ = await forwarding;
        }
    }

    // The host's binding reads a body whose length is known, into a file where it is long, before the function is called.
    private static async Task BufferAsync(HttpRequest request)
    {
        if (request.ContentLength is not > 0)
            return;
        request.EnableBuffering();
        await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
    }

    // Little: a worker that takes the requests themselves is told only that there is one.
    private static InvocationRequest Request(
        HttpRequest request, HttpFunction function, RouteValueDictionary values, Invocation invocation)
    {
        var message = invocation.Request(function.Id, function.Parameter, new TypedData { Http = new RpcHttp() });
        foreach (var (name, value) in values)
        {
            if (value is not null)
                message.TriggerMetadata[name] = new TypedData { String = $"{value}" };
        }
        message.TriggerMetadata["Query"] = Json(request.Query.Select(static one => KeyValuePair.Create(one.Key, $"{one.Value}")));
        message.TriggerMetadata["Headers"] = Json(request.Headers.Select(static one => KeyValuePair.Create(one.Key, $"{one.Value}")));
        return message;
    }

    private static TypedData Json(IEnumerable<KeyValuePair<string, string>> values) =>
        new() { Json = JsonSerializer.Serialize(values.ToDictionary()) };
}
