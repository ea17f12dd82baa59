namespace Sluice.Benchmarks.Compare;

/// <summary>
/// Sluice beside what people would use instead, into a blob service that is not the bottleneck:
/// <code>
///  HttpLoad  ──►  peer, a process of its own  ──►  DiscardingBlobService
///  threads        its processor time and           throws bytes away
///                 memory are measured
/// </code>
/// All share the cores of one machine, so what is compared is what each peer adds.
/// </summary>
internal static class Comparison
{
    // In the order of the page.
    private static readonly Chapter[] _chapters =
    [
        new UploadsChapter(), new TlsChapter(), new RelayChapter(), new SmallChapter(), new DownloadsChapter(), new ResumableChapter(),
        new ManyChapter(), new MemoryChapter(),
    ];

    /// <summary>The names of its chapters, as the command line takes them.</summary>
    public static IEnumerable<string> Names => _chapters.Select(static chapter => chapter.Name);

    /// <summary>Runs the chapters that are named, or all of them if none is.</summary>
    /// <param name="size">How much, and how often.</param>
    /// <param name="docs">
    /// A folder of documentation. The chapters that ran replace those that it has of them; it keeps the others.
    /// </param>
    /// <param name="names">The chapters.</param>
    public static async Task RunAsync(ComparisonSize size, string? docs, string[] names)
    {
        if (names.Except(Names).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"There is no chapter '{unknown}'; there are {string.Join(", ", Names)}.", nameof(names));
        }

        foreach (var chapter in _chapters.Where(chapter => names.Length == 0 || names.Contains(chapter.Name)))
        {
            var report = new ComparisonReport();
            await chapter.RunAsync(size, report);
            if (docs is not null)
            {
                // At once, so that a run that is interrupted has not been for nothing.
                report.WriteTo(docs, [.. _chapters.Select(static chapter => chapter.Title)]);
            }
        }
    }
}
