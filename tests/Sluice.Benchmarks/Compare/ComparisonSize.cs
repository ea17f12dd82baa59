namespace Sluice.Benchmarks.Compare;

/// <summary>How much is sent, and how often.</summary>
internal sealed record ComparisonSize
{
    /// <summary>As it is documented: about half an hour.</summary>
    public static ComparisonSize Full { get; } = new();

    /// <summary>To see that all of it works; its figures mean nothing.</summary>
    public static ComparisonSize Quick { get; } = new()
    {
        LargeBytes = 20_000_000,
        ManyBytes = 20_000_000,
        LeastBytes = 1_000_000,
        MemoryBytes = 20_000_000,
        Rounds = 1,
        SmallDuration = TimeSpan.FromMilliseconds(200),
        Connections = [1, 16],
    };

    /// <summary>One large body.</summary>
    public long LargeBytes { get; init; } = 500_000_000;

    /// <summary>All of many at once.</summary>
    public long ManyBytes { get; init; } = 1_600_000_000;

    /// <summary>One of many at once is no smaller.</summary>
    public long LeastBytes { get; init; } = 10_000_000;

    /// <summary>The one whose memory is drawn.</summary>
    public long MemoryBytes { get; init; } = 1_000_000_000;

    /// <summary>How often each is measured, after once that doesn't count.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How long small bodies are sent.</summary>
    public TimeSpan SmallDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many send at once.</summary>
    public IReadOnlyList<int> Connections { get; init; } = [1, 4, 16, 64, 256];
}
