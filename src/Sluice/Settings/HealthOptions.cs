using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How <c>/api/health/ready</c> checks whether this instance should receive requests.</summary>
public sealed class HealthOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Health";

    /// <summary>
    /// How long a result is cached. The default is 5 seconds, half of the 10 seconds between two Kubernetes probes: each probe gets a new
    /// result, and any number of callers cause only one request to storage per container in that time. 0 disables the cache.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan CacheTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a caller waits for the checks before it is answered that this instance is not ready. The default is 2 seconds: storage
    /// answers in milliseconds, and acquiring the first token takes one second. The checks themselves continue for at most five times as
    /// long, and their result is used for the next answers.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);
}
