namespace Sluice.Diagnostics;

/// <summary>
/// An exception whose message says what somebody sent: the same with a message that can be logged (<see cref="LogText"/>).
/// </summary>
internal sealed class LogException : Exception
{
    private readonly Exception _original;

    private LogException(Exception original)
        : base(LogText.Clean(original.Message), original.InnerException is { } inner ? Of(inner) : null) => _original = original;

    /// <inheritdoc/>
    public override string? StackTrace => _original.StackTrace;

    /// <summary>The exception as it is, where neither it nor what is behind it has anything to hide.</summary>
    public static Exception Of(Exception exception) => IsClean(exception) ? exception : new LogException(exception);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_original.GetType()}: {Message}{(InnerException is { } inner ? $"{Environment.NewLine} ---> {inner}" : "")}{Environment.NewLine}{StackTrace}";

    private static bool IsClean(Exception exception) => LogText.IsClean(exception.Message) && exception switch
    {
        AggregateException several => several.InnerExceptions.All(IsClean),
        { InnerException: { } inner } => IsClean(inner),
        _ => true,
    };
}
