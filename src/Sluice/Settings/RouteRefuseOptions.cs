using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>Refuses the request before any more of its body is read than the peek window.</summary>
public sealed class RouteRefuseOptions
{
    /// <summary>The smallest allowed status, the first one that is an error.</summary>
    internal const int MinStatus = 400;

    /// <summary>The largest status that HTTP defines (RFC 9110, section 15).</summary>
    internal const int MaxStatus = 599;

    /// <summary>The status of the answer. The default is 403.</summary>
    [Range(MinStatus, MaxStatus)]
    public int Status { get; set; } = 403;

    /// <summary>The message to the sender, one sentence. The default is null: the message says that the rule refuses the request.</summary>
    public string? Detail { get; set; }
}
