namespace Sluice.Benchmarks.Compare;

/// <summary>One question of the comparison, and the tables that answer it.</summary>
/// <param name="name">What it is called on the command line.</param>
/// <param name="title">What it is called on the page.</param>
internal abstract class Chapter(string name, string title)
{
    /// <summary>The container of the blob service, as part of a path.</summary>
    protected const string Container = DiscardingBlobService.Container;

    /// <summary>What it is called on the command line.</summary>
    public string Name => name;

    /// <summary>What it is called on the page.</summary>
    public string Title => title;

    /// <summary>Measures, and reports.</summary>
    /// <param name="size">How much, and how often.</param>
    /// <param name="report">Where its text goes.</param>
    public abstract Task RunAsync(ComparisonSize size, ComparisonReport report);

    /// <summary>A table of one large body with a length, and another that is chunked.</summary>
    protected static void BothFramings(ComparisonSize size, ComparisonReport report, IReadOnlyList<Contender> contenders)
    {
        var results = Enum.GetValues<Framing>().ToDictionary(static framing => framing, framing =>
            InTurn.Run(contenders, size.Rounds, contender => InTurn.Transfer(
                contender.Peer, size.LargeBytes, () => HttpLoad.Put(contender.Peer.Listener, contender.Path, size.LargeBytes, framing))));
        report.Table(
            ["", "MB/s, with length", "CPU", "MB/s, chunked", "CPU"],
            contenders.Select(contender => (string[])
                [contender.Name, .. results.Values.SelectMany(all => SpreadsOf(all[contender.Name], "0", "0.000"))]));
    }

    /// <summary>What the blob service does by itself.</summary>
    protected static void Alone(ComparisonSize size, ComparisonReport report, DiscardingBlobService storage)
    {
        var path = $"{DiscardingBlobService.ContainerPath}/x";
        var alone = Enum.GetValues<Framing>().Select(framing => Enumerable.Range(0, 3)
            .Max(_ => InTurn.MegabytesPerSecond(size.LargeBytes, () => HttpLoad.Put(storage.Listener, path, size.LargeBytes, framing))));
        report.Table(
            ["the blob service by itself", "MB/s, with length", "MB/s, chunked"],
            [["nothing in between", .. alone.Select(static rate => $"{rate:0}")]]);
    }

    /// <summary>Those of the contenders that are there.</summary>
    protected static Contender[] Installed(params (string Name, Peer? Peer, string Path)[] contenders) =>
        [.. contenders.Where(static own => own.Peer is not null).Select(static own => new Contender(own.Name, own.Peer!, own.Path))];

    /// <summary>Two cells: the rate, and the processor time.</summary>
    protected static string[] SpreadsOf(List<Figures> runs, string rate, string cpu) =>
    [
        ComparisonReport.Spread(runs.Select(static run => run.PerSecond), rate),
        ComparisonReport.Spread(runs.Select(static run => run.Cpu), cpu),
    ];
}
