using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// How much one caller may request. A caller is a named key, a source of webhooks, or a client's address. A caller that exceeds a limit
/// gets 429 with <c>Retry-After</c>. Other callers are not delayed.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Limits";

    /// <summary>
    /// Whether callers are limited. The default is null: limited on Sluice.Server, and not limited on Azure Functions, where API Management
    /// and the plan's own scale limits already apply.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>
    /// On Azure Functions, the request header in which the platform in front of the host passes the client's address:
    /// <c>X-Azure-SocketIP</c> behind Azure Front Door. The default is none: the address is the one that the host saw, which may be a
    /// proxy's. Use only a header that the platform sets in every request; otherwise a client can forge its address. Relays pass the
    /// address on in <c>X-Forwarded-For</c> and <c>Forwarded</c>, whether callers are limited or not.
    /// </summary>
    public string? ClientAddressField { get; set; }

    /// <summary>The maximum number of concurrent requests of one caller. The default is 1,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsAtOnce { get; set; } = 1_000;

    /// <summary>The sustained rate of one caller, in requests per minute. The default is 60,000.</summary>
    [Range(1, 60_000_000)]
    public int RequestsPerMinute { get; set; } = 60_000;

    /// <summary>How many requests a caller may send in a burst above the sustained rate, after a pause. The default is 10,000.</summary>
    [Range(1, 10_000_000)]
    public int RequestBurst { get; set; } = 10_000;

    /// <summary>
    /// The sustained rate of one caller, in bytes of bodies per second. The default is 1 GiB, about what a link of 10 Gbit/s carries. Bytes
    /// are counted as they arrive. A body is never cut off, but a caller over the limit gets 429 for its next request.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long BytesPerSecond { get; set; } = 1L << 30;

    /// <summary>
    /// How many bytes of bodies a caller may send in a burst above the sustained rate, after a pause. The default is 64 GiB.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long ByteBurst { get; set; } = 64L << 30;
}
