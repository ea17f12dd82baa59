namespace Sluice.DevelopmentStorage;

/// <summary>The last lines that a process wrote, for the message when it fails. Thread-safe.</summary>
internal sealed class OutputTail
{
    private const int MaxLines = 20;

    private readonly Queue<string> _lines = new(MaxLines);

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Adds a line unless it is blank; null is the end of a stream.</summary>
    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lines)
        {
            if (_lines.Count == MaxLines)
                _lines.Dequeue();
            _lines.Enqueue(line.Trim());
        }
    }
}
