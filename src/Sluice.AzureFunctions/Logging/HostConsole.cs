using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sluice.AzureFunctions.Logging;

/// <summary>
/// Writes to the console what is logged outside an invocation: at startup, by a timer, at shutdown. Of the log entries that arrive over its
/// protocol, the host keeps only those of an invocation, but it keeps every line of a worker's console, in the category
/// <c>Host.Function.Console</c>.
/// </summary>
/// <remarks>
/// GrpcWorkerChannel.Log and WorkerProcess.ParseErrorMessageAndLog in https://github.com/Azure/azure-functions-host: a line of standard
/// output is information; one of standard error is a warning if it contains "warn", otherwise an error if it contains "error" or "fail".
/// </remarks>
internal sealed class HostConsole(TextWriter output, TextWriter error) : ILoggerProvider, ISupportExternalScope
{
    // The scopes that the SDK adds to an invocation, without telemetry and with it (TraceConstants in
    // https://github.com/Azure/azure-functions-dotnet-worker).
    private const string InvocationId = "AzureFunctions_InvocationId";
    private const string TelemetryInvocationId = "faas.invocation_id";

    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (category, self) => new Logger(self, category), this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // The console belongs to the process.
    }

    private bool IsInvocation()
    {
        var found = new bool[1];
        _scopes.ForEachScope(
            static (scope, found) => found[0] |= scope is IEnumerable<KeyValuePair<string, object>> properties
                && properties.Any(static property => property.Key is InvocationId or TelemetryInvocationId),
            found);
        return found[0];
    }

    private void Write(string category, LogLevel level, EventId id, string message)
    {
        var (writer, word) = level switch
        {
            LogLevel.Warning => (error, "warn"),
            >= LogLevel.Error => (error, "error"),
            _ => (output, "info"),
        };
        // One line each: the host treats every line as a separate message.
        writer.WriteLine($"{word}: {category}[{id.Id}] {message}".ReplaceLineEndings(" | "));
    }

    private sealed class Logger(HostConsole console, string category) : ILogger
    {
        // From other categories, warnings and errors; from our own, what an operator looks for.
        private readonly LogLevel _least = category.StartsWith("Sluice", StringComparison.Ordinal)
            ? LogLevel.Information
            : LogLevel.Warning;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => console._scopes.Push(state);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && !console.IsInvocation())
            {
                var message = formatter(state, exception);
                console.Write(category, logLevel, eventId, exception is null ? message : $"{message}\n{exception}");
            }
        }
    }
}
