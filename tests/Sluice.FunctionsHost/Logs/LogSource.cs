namespace Sluice.FunctionsHost.Logs;

/// <summary>Where a line comes from.</summary>
public enum LogSource
{
    /// <summary>Logged by the worker within an invocation.</summary>
    Invocation,

    /// <summary>Logged by the worker's own SDK.</summary>
    System,

    /// <summary>Written on the worker's console.</summary>
    Console,

    /// <summary>Written there for the host's own log: the line began with LanguageWorkerConsoleLog.</summary>
    ConsoleForHost,

    /// <summary>Said by the host itself.</summary>
    Host,
}
