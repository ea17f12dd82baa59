using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How much memory bodies may take in this process.</summary>
public sealed class MemoryOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Memory";

    /// <summary>
    /// The size of the block pool, in bytes: all that request bodies may occupy at once. The default is 64 MiB: 64 uploads with a block of 1 MiB each,
    /// or a thousand with smaller ones, which leaves most of the smallest Flex Consumption instance (512 MB) free.
    /// </summary>
    [Range(1L << 20, 1L << 40)]
    public long BudgetBytes { get; set; } = 64 << 20;

    /// <summary>
    /// How long an upload waits for memory when the pool is empty, before it is answered with 503 and <c>Retry-After</c>.
    /// The default is 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:03:00")]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The least that a client must have sent on average to keep its place while others wait for memory, in bytes per second of the time that it was waited
    /// for, after the first 5 seconds. A slower one is answered with 408. Nobody is ended while nobody waits. The default is 4,096: a phone on a
    /// weak connection sends more. 0 ends nobody.
    /// </summary>
    [Range(0, 1L << 30)]
    public long MinBytesPerSecond { get; set; } = 4096;
}
