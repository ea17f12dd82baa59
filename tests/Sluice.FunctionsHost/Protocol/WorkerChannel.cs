using AzureFunctionsRpcMessages;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sluice.FunctionsHost.Logs;
using MessageCase = AzureFunctionsRpcMessages.StreamingMessage.ContentOneofCase;

namespace Sluice.FunctionsHost.Protocol;

/// <summary>The conversation with one worker. As GrpcWorkerChannel in https://github.com/Azure/azure-functions-host</summary>
internal sealed class WorkerChannel(string workerId, HostLogs logs)
{
    private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly Channel<StreamingMessage> _answers = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _failed;

    /// <summary>The name by which it connects.</summary>
    public string WorkerId => workerId;

    /// <summary>What it can do, once it is initialized.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>Its functions, once they are loaded.</summary>
    public IReadOnlyList<RpcFunctionMetadata> Functions { get; private set; } = [];

    /// <summary>Hears the worker and writes to it until it is gone.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> fromWorker, IServerStreamWriter<StreamingMessage> toWorker,
        CancellationToken cancellationToken)
    {
        _connected.TrySetResult();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(toWorker, ended.Token);
        try
        {
            while (await fromWorker.MoveNext(cancellationToken))
                Hear(fromWorker.Current);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It has ended.
        }
        await ended.CancelAsync();
        await writing;
    }

    /// <summary>Waits for the worker, initializes it, asks for its functions and has all of them loaded.</summary>
    public async Task OpenAsync(string appFolder, CancellationToken cancellationToken)
    {
        await _connected.Task.WaitAsync(cancellationToken);
        Send(new()
        {
            WorkerInitRequest = new()
            {
                HostVersion = "4.1037.0.0",
                WorkerDirectory = appFolder,
                FunctionAppDirectory = appFolder,
                Capabilities = { ["MultiStream"] = "10" }
            }
        });
        var initialized = (await AnswerAsync(MessageCase.WorkerInitResponse, cancellationToken)).WorkerInitResponse;
        Check(initialized.Result);
        Capabilities = initialized.Capabilities.ToDictionary();

        Send(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = appFolder } });
        var metadata = (await AnswerAsync(MessageCase.FunctionMetadataResponse, cancellationToken)).FunctionMetadataResponse;
        Check(metadata.Result);
        Functions = [.. metadata.FunctionMetadataResults];
        foreach (var function in Functions)
            Send(new() { FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function } });
        foreach (var _ in Functions)
            Check((await AnswerAsync(MessageCase.FunctionLoadResponse, cancellationToken)).FunctionLoadResponse.Result);
    }

    /// <summary>From now on the invocation's logs are kept, and its answer is heard.</summary>
    public Task<InvocationResponse> Begin(string invocationId)
    {
        var invocation = _invocations[invocationId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_failed is { } why)
            invocation.TrySetException(new InvalidOperationException(why));
        return invocation.Task;
    }

    /// <summary>Its answer is waited for no more.</summary>
    public void End(string invocationId) => _invocations.TryRemove(invocationId, out _);

    /// <summary>The worker has died: no invocation will be answered.</summary>
    public void FailInvocations(string why)
    {
        _failed = why;
        foreach (var invocation in _invocations.Values)
            invocation.TrySetException(new InvalidOperationException(why));
    }

    /// <summary>Asks for an invocation.</summary>
    public void Invoke(InvocationRequest request) => Send(new() { InvocationRequest = request });

    /// <summary>Says that nobody waits for it any more.</summary>
    public void Cancel(string invocationId) => Send(new() { InvocationCancel = new() { InvocationId = invocationId } });

    /// <summary>Asks the worker to end by itself.</summary>
    public void Terminate(TimeSpan gracePeriod) =>
        Send(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(gracePeriod) } });

    private static void Check(StatusResult? result)
    {
        if (result is { Status: not StatusResult.Types.Status.Success })
            throw new InvalidOperationException($"The worker failed: {result.Exception?.Message}\n{result.Exception?.StackTrace}");
    }

    private void Send(StreamingMessage message) => _toWorker.Writer.TryWrite(message);

    private void Hear(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case MessageCase.RpcLog:
                logs.Add(message.RpcLog, _invocations.ContainsKey(message.RpcLog.InvocationId));
                break;
            case MessageCase.InvocationResponse:
                if (_invocations.TryGetValue(message.InvocationResponse.InvocationId, out var invocation))
                    invocation.TrySetResult(message.InvocationResponse);
                break;
            default:
                _answers.Writer.TryWrite(message);
                break;
        }
    }

    private async Task<StreamingMessage> AnswerAsync(MessageCase expected, CancellationToken cancellationToken)
    {
        StreamingMessage answer;
        do
        {
            answer = await _answers.Reader.ReadAsync(cancellationToken);
        }
        while (answer.ContentCase != expected);
        return answer;
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> toWorker, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _toWorker.Reader.ReadAllAsync(cancellationToken))
                await toWorker.WriteAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The worker has ended.
        }
    }
}
