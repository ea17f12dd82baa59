using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How <c>/api/health/ready</c> finds out whether this instance should be sent anything.</summary>
public sealed class HealthOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Health";

    /// <summary>
    /// How long a result is given out again. The default is 5 seconds, half of the 10 between two probes of Kubernetes: each sees a new one, and
    /// any number of callers cost storage one request a container in that time. 0 asks again each time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan CacheTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a caller waits for the checks before it is told that this instance is not ready. The default is 2 seconds: storage answers in
    /// milliseconds, and a first token takes one. The checks themselves go on, for at most five times as long, and what they find is given out next.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);
}
