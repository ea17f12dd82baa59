using AzureFunctionsRpcMessages;
namespace Sluice.FunctionsHost.Logs;

/// <summary>
/// What the host keeps of what a worker says, and what it drops. Thread-safe. As GrpcWorkerChannel.Log, SystemLog and
/// WorkerProcess.BuildAndLogConsoleLog do in https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class HostLogs
{
    private const string ForHost = "LanguageWorkerConsoleLog";

    private readonly List<WorkerLog> _kept = [];
    private readonly List<WorkerLog> _dropped = [];

    /// <summary>Is told each kept line.</summary>
    public Action<WorkerLog>? Say { get; init; }

    public IReadOnlyList<WorkerLog> Kept => Copy(_kept);

    public IReadOnlyList<WorkerLog> Dropped => Copy(_dropped);

    /// <summary>What came over the protocol.</summary>
    /// <param name="log">The message.</param>
    /// <param name="isRunning">Whether its invocation is one that runs.</param>
    public void Add(RpcLog log, bool isRunning)
    {
        if (log.LogCategory == RpcLog.Types.RpcLogCategory.CustomMetric)
            return;
        var isSystem = log.LogCategory == RpcLog.Types.RpcLogCategory.System;
        var message = log.Exception is { } exception ? $"{log.Message}\n{exception.Message}\n{exception.StackTrace}" : log.Message;
        var line = new WorkerLog(
            isSystem ? LogSource.System : LogSource.Invocation, $"{log.Level}", log.Category, log.InvocationId, message);
        // host.json: the least level is Information.
        if ((isSystem || isRunning) && log.Level >= RpcLog.Types.Level.Information)
            Keep(line);
        else
            Add(_dropped, line);
    }

    /// <summary>What the worker wrote on a stream.</summary>
    public void AddConsole(string? line, string level)
    {
        if (line is null)
            return;
        Keep(line.StartsWith(ForHost, StringComparison.OrdinalIgnoreCase)
            ? new WorkerLog(LogSource.ConsoleForHost, level, "", "", line[ForHost.Length..])
            : new WorkerLog(LogSource.Console, level, "", "", line));
    }

    /// <summary>What the host itself has to say.</summary>
    public void AddHost(string level, string message, string invocationId = "") =>
        Keep(new WorkerLog(LogSource.Host, level, "", invocationId, message));

    public override string ToString() => string.Join(Environment.NewLine, Kept);

    private static void Add(List<WorkerLog> lines, WorkerLog line)
    {
        lock (lines)
            lines.Add(line);
    }

    private static List<WorkerLog> Copy(List<WorkerLog> lines)
    {
        lock (lines)
            return [.. lines];
    }

    private void Keep(WorkerLog line)
    {
        Add(_kept, line);
        Say?.Invoke(line);
    }
}
