using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// How much one caller may ask for: a named key, a source of webhooks, or a client's address. Whoever asks for more gets 429 with <c>Retry-After</c>, and no other
/// caller waits for it.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Limits";

    /// <summary>
    /// Whether callers are limited. The default is null: they are on Sluice.Server, and are not on Azure Functions, where API Management and the plan's own
    /// scale limits are in front.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>
    /// On Azure Functions, the request field in which the platform in front of the host says where the client is: <c>X-Azure-SocketIP</c> behind Azure Front Door. The default
    /// is none: the address is the one that the host saw, which may be a proxy's. Only a field that the platform sets in every request: else anybody can make up an address.
    /// Relays pass it on in <c>X-Forwarded-For</c> and <c>Forwarded</c>, whether callers are limited or not.
    /// </summary>
    public string? ClientAddressField { get; set; }

    /// <summary>The most requests of one caller that are under way at once. The default is 1,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsAtOnce { get; set; } = 1_000;

    /// <summary>How many requests a caller may send in a minute, for good. The default is 60,000.</summary>
    [Range(1, 60_000_000)]
    public int RequestsPerMinute { get; set; } = 60_000;

    /// <summary>How many requests a caller may send beyond that in a row, after a pause. The default is 10,000.</summary>
    [Range(1, 10_000_000)]
    public int RequestBurst { get; set; } = 10_000;

    /// <summary>
    /// How many bytes of bodies a caller may send in a second, for good. The default is 1 GiB, about what a link of 10 Gbit/s carries. They are counted as they
    /// come: a body is never cut, but who is over gets 429 for the next request.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long BytesPerSecond { get; set; } = 1L << 30;

    /// <summary>How many bytes of bodies a caller may send beyond that, after a pause. The default is 64 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long ByteBurst { get; set; } = 64L << 30;
}
