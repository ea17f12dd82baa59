using AzureFunctionsRpcMessages;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.FunctionsHost.Logs;
using Sluice.FunctionsHost.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.FunctionsHost.Http;

/// <summary>
/// A request as an invocation: the request itself goes to the worker's HTTP server, and the word that it comes over the protocol; both have
/// to end well. As GrpcWorkerChannel.SendInvocationRequest and InvokeResponse in https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class Invocations(HttpProxy proxy, WorkerSupervisor workers, TimeSpan timeout, HostLogs logs)
{
    /// <summary>Invokes the function, which answers the request.</summary>
    /// <exception cref="InvalidOperationException">It did not, or not well. The answer may have begun.</exception>
    public async Task RunAsync(HttpContext http, HttpFunction function, RouteValueDictionary values)
    {
        await BufferAsync(http.Request);
        var worker = await workers.ReadyAsync(http.RequestAborted);
        var id = $"{Guid.NewGuid()}";
        logs.AddHost("Information", $"Executing 'Functions.{function.Name}'", id);
        var answering = worker.Channel.Begin(id);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var forwarding = Task.FromResult(ForwarderError.None);
        try
        {
            forwarding = proxy.ForwardAsync(http, worker.HttpAddress, id, ended.Token);
            worker.Channel.Invoke(Request(http.Request, function, values, id));
            using var abort = http.RequestAborted.Register(() => worker.Channel.Cancel(id));
            var answer = await AnswerAsync(answering, worker, function);
            var error = await forwarding;
            if (error != ForwarderError.None)
                throw new InvalidOperationException(
                    $"The request could not be forwarded: {error}", http.Features.Get<IForwarderErrorFeature>()?.Exception);
            if (answer.Result.Status != StatusResult.Types.Status.Success)
                throw new InvalidOperationException(
                    $"The function failed: {answer.Result.Exception?.Message}\n{answer.Result.Exception?.StackTrace}");
            logs.AddHost("Information", $"Executed 'Functions.{function.Name}'", id);
        }
        catch (Exception e)
        {
            logs.AddHost("Error", $"Failed 'Functions.{function.Name}': {e}", id);
            throw;
        }
        finally
        {
            worker.Channel.End(id);
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

    private async Task<InvocationResponse> AnswerAsync(Task<InvocationResponse> answering, Worker worker, HttpFunction function)
    {
        try
        {
            return await answering.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            // It ends with all that it has, and the client waits until it has ended.
            await worker.GiveUpAsync();
            throw new InvalidOperationException($"Timeout value of {timeout} was exceeded by function: Functions.{function.Name}");
        }
    }

    // Little: a worker that takes the requests themselves is told only that there is one.
    private static InvocationRequest Request(HttpRequest request, HttpFunction function, RouteValueDictionary values, string id)
    {
        var invocation = new InvocationRequest
        {
            InvocationId = id,
            FunctionId = function.Id,
            InputData = { new ParameterBinding { Name = function.Parameter, Data = new TypedData { Http = new RpcHttp() } } },
            TraceContext = new RpcTraceContext
            {
                TraceParent = Activity.Current?.Id ?? "",
                TraceState = Activity.Current?.TraceStateString ?? "",
                Attributes = { ["ProcessId"] = $"{Environment.ProcessId}", ["CategoryName"] = $"Function.{function.Name}.User" },
            },
        };
        foreach (var (name, value) in values)
        {
            if (value is not null)
                invocation.TriggerMetadata[name] = new TypedData { String = $"{value}" };
        }
        invocation.TriggerMetadata["Query"] = Json(request.Query.Select(static one => KeyValuePair.Create(one.Key, $"{one.Value}")));
        invocation.TriggerMetadata["Headers"] = Json(request.Headers.Select(static one => KeyValuePair.Create(one.Key, $"{one.Value}")));
        return invocation;
    }

    private static TypedData Json(IEnumerable<KeyValuePair<string, string>> values) =>
        new() { Json = JsonSerializer.Serialize(values.ToDictionary()) };
}
