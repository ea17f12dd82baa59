using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How much memory bodies may use in this process.</summary>
public sealed class MemoryOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Memory";

    /// <summary>
    /// The size of the block pool, in bytes: the most memory that all request bodies together may use at once. The default is 64 MiB: 64
    /// uploads with a block of 1 MiB each, or a thousand with smaller blocks. It leaves most of the smallest Flex Consumption instance (512
    /// MB) free.
    /// </summary>
    [Range(1L << 20, 1L << 40)]
    public long BudgetBytes { get; set; } = 64 << 20;

    /// <summary>
    /// How long an upload waits for memory when the pool is empty, before it is answered with 503 and <c>Retry-After</c>. The default is 5
    /// seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:03:00")]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The minimum average rate at which a client must send to keep its memory while other uploads wait for memory, in bytes per second.
    /// Only the time spent waiting for the client counts, and the limit applies after the first 5 seconds. A slower client is answered with
    /// 408. No upload is ended while no other upload waits. The default is 4,096: a phone on a weak connection sends more. 0 disables the
    /// limit.
    /// </summary>
    [Range(0, 1L << 30)]
    public long MinBytesPerSecond { get; set; } = 4096;
}
