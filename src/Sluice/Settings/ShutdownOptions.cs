using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>What happens between the signal to stop (SIGTERM) and the end of the process.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Shutdown";

    /// <summary>
    /// How long bodies under way may take to finish, from the signal on. Those that have not are abandoned: 503 <c>shutting-down</c>, nothing
    /// visible. The default is 25 seconds: with the 3 seconds that are left to answer it stays below the 30 seconds after which Kubernetes and Azure kill
    /// (https://learn.microsoft.com/azure/container-apps/application-lifecycle-management#shutdown).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long new bodies are still taken after the signal, while <c>/api/health/ready</c> already says no: as long as a load balancer needs to
    /// notice. Part of <see cref="GracePeriod"/>. The default is 0, for platforms that stop sending before they signal, as Azure Functions does.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ReadinessDelay { get; set; }
}
