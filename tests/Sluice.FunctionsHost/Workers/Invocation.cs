using System.Diagnostics;
using AzureFunctionsRpcMessages;
using Sluice.FunctionsHost.Logs;

namespace Sluice.FunctionsHost.Workers;

/// <summary>
/// One call of a function, whatever triggers it. As GrpcWorkerChannel.SendInvocationRequest and InvokeResponse in
/// https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class Invocation
{
    private readonly Worker _worker;
    private readonly string _function;
    private readonly TimeSpan _timeout;
    private readonly HostLogs _logs;
    private readonly Task<InvocationResponse> _answering;

    /// <summary>From now on its logs are kept, and its answer is heard.</summary>
    public Invocation(Worker worker, string function, TimeSpan timeout, HostLogs logs)
    {
        (_worker, _function, _timeout, _logs) = (worker, function, timeout, logs);
        logs.AddHost("Information", $"Executing 'Functions.{function}'", Id);
        _answering = worker.Channel.Begin(Id);
    }

    public string Id { get; } = $"{Guid.NewGuid()}";

    /// <summary>What the worker is told whatever the trigger is.</summary>
    public InvocationRequest Request(string functionId, string parameter, TypedData input) => new()
    {
        InvocationId = Id,
        FunctionId = functionId,
        InputData = { new ParameterBinding { Name = parameter, Data = input } },
        TraceContext = new RpcTraceContext
        {
            TraceParent = Activity.Current?.Id ?? "",
            TraceState = Activity.Current?.TraceStateString ?? "",
            Attributes = { ["ProcessId"] = $"{Environment.ProcessId}", ["CategoryName"] = $"Function.{_function}.User" },
        },
    };

    public void Send(InvocationRequest request) => _worker.Channel.Invoke(request);

    /// <summary>Tells the worker that nobody waits for it any more.</summary>
    public void Cancel() => _worker.Channel.Cancel(Id);

    /// <summary>Waits for the answer; gives up the worker if there is none in time.</summary>
    /// <exception cref="InvalidOperationException">There was none, or the worker has ended.</exception>
    public async Task<InvocationResponse> AnswerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _answering.WaitAsync(_timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It ends with all that it has, and the client waits until it has ended.
            await _worker.GiveUpAsync();
            throw new InvalidOperationException($"Timeout value of {_timeout} was exceeded by function: Functions.{_function}");
        }
    }

    /// <summary>Checks that the function did not throw.</summary>
    /// <exception cref="InvalidOperationException">It did.</exception>
    public static void Check(InvocationResponse answer)
    {
        if (answer.Result.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException(
                $"The function failed: {answer.Result.Exception?.Message}\n{answer.Result.Exception?.StackTrace}");
    }

    public void Succeeded() => _logs.AddHost("Information", $"Executed 'Functions.{_function}'", Id);

    public void Failed(Exception e) => _logs.AddHost("Error", $"Failed 'Functions.{_function}': {e}", Id);

    /// <summary>Its answer is waited for no more.</summary>
    public void End() => _worker.Channel.End(Id);
}
