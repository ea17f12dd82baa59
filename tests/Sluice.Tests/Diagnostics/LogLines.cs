using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Rights;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Diagnostics;

/// <summary>A log that keeps its lines.</summary>
internal sealed class LogLines : ILogger<UploadPipeline>, ILogger<BlobDeletion>, ILogger<Quotas>
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> All => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(new LogLine(
            eventId.Id,
            logLevel,
            formatter(state, exception),
            [.. (state as IEnumerable<KeyValuePair<string, object?>> ?? []).Select(static pair => $"{pair.Value}")]));
}
