namespace Sluice.Settings;

/// <summary>Relays the body to a downstream service.</summary>
public sealed class RouteRelayOptions
{
    /// <summary>The service, one of <c>Sluice:Relay:Targets</c>. Required. No default.</summary>
    public string? Target { get; set; }

    /// <summary>
    /// The path below the target's own, not encoded and without a query. It supports the same placeholders as
    /// <see cref="RouteStoreOptions.Name"/>. Empty means the target's own path. The default is <c>{path}</c>.
    /// </summary>
    public string Path { get; set; } = "{path}";
}
