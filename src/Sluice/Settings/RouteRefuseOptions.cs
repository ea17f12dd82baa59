using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>The request is refused before its body is read any further than the peek window.</summary>
public sealed class RouteRefuseOptions
{
    /// <summary>The smallest status, the first that says "no".</summary>
    internal const int MinStatus = 400;

    /// <summary>The largest status that HTTP knows (RFC 9110, section 15).</summary>
    internal const int MaxStatus = 599;

    /// <summary>The status of the answer. The default is 403.</summary>
    [Range(MinStatus, MaxStatus)]
    public int Status { get; set; } = 403;

    /// <summary>What the sender is told, one sentence. The default is null: that the rule refuses the request.</summary>
    public string? Detail { get; set; }
}
