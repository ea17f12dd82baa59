using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>What happens between the stop signal (SIGTERM) and the end of the process.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Shutdown";

    /// <summary>
    /// How long bodies in progress may take to finish, counted from the signal. Those that have not finished are abandoned: the answer is
    /// 503 <c>shutting-down</c>, and nothing becomes visible. The default is 25 seconds. With the 3 seconds reserved for answers, it stays
    /// below the 30 seconds after which Kubernetes and Azure kill the process
    /// (https://learn.microsoft.com/azure/container-apps/application-lifecycle-management#shutdown).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long new bodies are still accepted after the signal, while <c>/api/health/ready</c> already reports that the instance is not
    /// ready. Set it to the time that a load balancer needs to notice. It is part of <see cref="GracePeriod"/>. The default is 0, for
    /// platforms that stop sending before they signal, as Azure Functions does.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ReadinessDelay { get; set; }
}
