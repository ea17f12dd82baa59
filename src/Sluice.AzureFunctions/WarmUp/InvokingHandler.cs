using AzureFunctionsRpcMessages;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Template;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions.WarmUp;

/// <summary>
/// Sends requests as the Functions host does: to the worker's HTTP server, each with the id of an invocation that is also announced to the
/// worker.
/// </summary>
internal sealed class InvokingHandler : DelegatingHandler
{
    private readonly StubFunctionsHost _host;
    private readonly List<TriggeredFunction> _functions;

    public InvokingHandler(StubFunctionsHost host, IEnumerable<RpcFunctionMetadata> functions)
        : base(new SocketsHttpHandler { UseProxy = false })
    {
        _host = host;
        // In the order of the host's routes: by name. The first that matches is used.
        _functions = [.. functions.Select(TriggeredFunction.Of).OfType<TriggeredFunction>()
            .OrderBy(static function => function.Name, StringComparer.OrdinalIgnoreCase)];
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var function = _functions.First(function => function.Takes(request));
        var id = Guid.NewGuid().ToString();
        request.Headers.Add("x-ms-invocation-id", id);
        var answering = base.SendAsync(request, cancellationToken);
        var invocation = new InvocationRequest
        {
            InvocationId = id,
            FunctionId = function.Id,
            InputData = { new ParameterBinding { Name = function.Parameter, Data = new TypedData { Http = new RpcHttp() } } },
            TraceContext = new RpcTraceContext { TraceParent = Activity.Current?.Id ?? "" },
        };
        try
        {
            await _host.InvokeAsync(invocation, cancellationToken);
        }
        catch
        {
            // The warm-up is over: nobody needs the outcome of the request.
            _ = answering.ContinueWith(static answer => answer.Exception, TaskScheduler.Default);
            throw;
        }

        return await answering;
    }

    private sealed record TriggeredFunction(string Id, string Name, TemplateMatcher Route, HashSet<string> Methods, string Parameter)
    {
        /// <summary>Parses a function's metadata; null for a function without an HTTP trigger.</summary>
        public static TriggeredFunction? Of(RpcFunctionMetadata function)
        {
            foreach (var json in function.RawBindings)
            {
                var binding = JsonElement.Parse(json);
                if (string.Equals(Text(binding, "type"), "httpTrigger", StringComparison.OrdinalIgnoreCase))
                {
                    var route = new TemplateMatcher(
                        TemplateParser.Parse($"{SluiceRoutes.Prefix}/{Text(binding, "route") ?? function.Name}"), []);
                    string[] methods = binding.TryGetProperty("methods", out var given)
                        ? [.. given.EnumerateArray().Select(static method => method.GetString()!)]
                        : [];
                    return new(
                        function.FunctionId, function.Name, route, new(methods, StringComparer.OrdinalIgnoreCase), Text(binding, "name")!);
                }
            }

            return null;
        }

        public bool Takes(HttpRequestMessage request) =>
            (Methods.Count == 0 || Methods.Contains(request.Method.Method)) && Route.TryMatch(request.RequestUri!.AbsolutePath, []);

        private static string? Text(JsonElement binding, string name) =>
            binding.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
