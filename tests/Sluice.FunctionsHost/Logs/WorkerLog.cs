namespace Sluice.FunctionsHost.Logs;

/// <summary>A line that a worker said, or the host said of it.</summary>
/// <param name="Source">Who said it, and where.</param>
/// <param name="Level">As <c>Microsoft.Extensions.Logging.LogLevel</c> calls it.</param>
/// <param name="Category">The logger; empty for the console.</param>
/// <param name="InvocationId">Of which invocation; empty outside of one.</param>
/// <param name="Message">With the exception, if there is one.</param>
public sealed record WorkerLog(LogSource Source, string Level, string Category, string InvocationId, string Message)
{
    public override string ToString() => $"[{Source} {Level}] {Category} {InvocationId} {Message}";
}
