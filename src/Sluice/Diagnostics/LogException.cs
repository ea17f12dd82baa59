namespace Sluice.Diagnostics;

/// <summary>
/// An exception whose message contains text that a client sent: the same exception with a message that can be logged
/// (<see cref="LogText"/>).
/// </summary>
internal sealed class LogException : Exception
{
    private readonly Exception _original;

    private LogException(Exception original)
        : base(LogText.Clean(original.Message), original.InnerException is { } inner ? Of(inner) : null) => _original = original;

    /// <inheritdoc/>
    public override string? StackTrace => _original.StackTrace;

    /// <summary>Returns the exception unchanged if neither it nor its inner exceptions need to be escaped.</summary>
    public static Exception Of(Exception exception) => IsClean(exception) ? exception : new LogException(exception);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_original.GetType()}: {Message}"
            + $"{(InnerException is { } inner ? $"{Environment.NewLine} ---> {inner}" : "")}{Environment.NewLine}{StackTrace}";

    private static bool IsClean(Exception exception) => LogText.IsClean(exception.Message) && exception switch
    {
        AggregateException several => several.InnerExceptions.All(IsClean),
        { InnerException: { } inner } => IsClean(inner),
        _ => true,
    };
}
