using System.Diagnostics;

namespace Sluice.Benchmarks.Compare;

/// <summary>What one run took.</summary>
/// <param name="PerSecond">Megabytes, or requests, a second.</param>
/// <param name="Cpu">Processor time of the peer: seconds for 100 MB, or milliseconds for a request.</param>
/// <param name="Milliseconds">99 of 100 requests took no longer, where that was asked.</param>
internal sealed record Figures(double PerSecond, double Cpu, double Milliseconds = double.NaN);

/// <summary>Measures several in turn, so that a machine that gets slower gets slower for all of them.</summary>
internal static class InTurn
{
    /// <summary>
    /// Runs every contender once in every round, after one that doesn't count. Each round begins with another, so that none always follows
    /// the same.
    /// </summary>
    public static Dictionary<string, List<Figures>> Run(IReadOnlyList<Contender> contenders, int rounds, Func<Contender, Figures> run)
    {
        var all = contenders.ToDictionary(static contender => contender.Name, static _ => new List<Figures>());
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                var contender = contenders[(i + round + 1) % contenders.Count];
                var figures = run(contender);
                if (round >= 0)
                {
                    all[contender.Name].Add(figures);
                }
            }
        }

        return all;
    }

    /// <summary>Times the transfer of so many bytes.</summary>
    public static Figures Transfer(Peer peer, long bytes, Action transfer)
    {
        var (cpu, began) = (peer.CpuSeconds, Stopwatch.GetTimestamp());
        transfer();
        return new Figures(bytes / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds, (peer.CpuSeconds - cpu) * 1e8 / bytes);
    }

    /// <summary>The rate of a transfer of so many bytes.</summary>
    public static double MegabytesPerSecond(long bytes, Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        return bytes / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Times small requests.</summary>
    public static Figures Requests(Peer peer, Func<SmallRequests> run)
    {
        var cpu = peer.CpuSeconds;
        var requests = run();
        return new Figures(requests.PerSecond, (peer.CpuSeconds - cpu) * 1000 / requests.Milliseconds.Count, requests.Percentile(0.99));
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
