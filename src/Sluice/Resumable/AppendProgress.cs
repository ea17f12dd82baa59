namespace Sluice.Resumable;

/// <summary>
/// Reports how far an append is, at intervals and while its client is still sending. An offset comes from a list of the blocks, as every
/// other one: a newer writer that the list does not name will list the same blocks, and continue after them.
/// </summary>
internal sealed class AppendProgress : IAsyncDisposable
{
    // HTTP clients fail after a few interim responses: Go's net/http before 1.24 after five, of which the URL of the upload and 100
    // (Continue) are two.
    private const int MaxReports = 3;
    private const int Growth = 4;

    private readonly CancellationTokenSource _ends = new();
    private readonly Task _reports;

    private AppendProgress(Func<CancellationToken, Task> run) => _reports = run(_ends.Token);

    /// <summary>Begins to report. Ends when it is disposed, after which nothing more is sent.</summary>
    /// <param name="writer">The writer of the bytes.</param>
    /// <param name="append">The request.</param>
    /// <param name="interval">The pause before the first report; the next ones take 4 and 16 times as long. 0: there is none.</param>
    /// <param name="time">The clock.</param>
    public static AppendProgress Begin(ChainWriter writer, Append append, TimeSpan interval, TimeProvider time) =>
        new(ends => append.Report is { } report && interval > TimeSpan.Zero
            ? RunAsync(writer, append.Offset, report, interval, time, ends)
            : Task.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _reports;
        _ends.Dispose();
    }

    private static async Task RunAsync(
        ChainWriter writer, long reported, Func<long, CancellationToken, ValueTask> report, TimeSpan interval, TimeProvider time,
        CancellationToken ends)
    {
        try
        {
            for (var reports = 0; reports < MaxReports;)
            {
                await Task.Delay(interval, time, ends);
                if (await writer.FindOffsetAsync(ends) is { } offset && offset > reported)
                {
                    await report(offset, ends);
                    (reports, reported, interval) = (reports + 1, offset, interval * Growth);
                }
            }
        }
        catch (Exception)
        {
            // It has ended, or a report failed, which no append is worth: whether its client is still there is seen by the next read.
        }
    }
}
