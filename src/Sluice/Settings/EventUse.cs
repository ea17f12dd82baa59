namespace Sluice.Settings;

/// <summary>Whether the outbox is used.</summary>
internal static class EventUse
{
    /// <summary>Whether anybody gets events, or stored bodies later.</summary>
    public static bool IsOn(EventOptions events, IEnumerable<RouteOptions> routes, WebhookOptions hooks) =>
        events.Destinations.Count > 0 || PassesOn(routes, hooks);

    /// <summary>Whether anybody gets stored bodies later.</summary>
    public static bool PassesOn(IEnumerable<RouteOptions> routes, WebhookOptions hooks) =>
        routes.Any(static rule => rule.PassOn.Count > 0 || rule.Commit == TeeCommit.BlobFirstWithRetries)
        || hooks.Sources.Values.Any(static source => source.PassOn.Count > 0 || source.Commit == TeeCommit.BlobFirstWithRetries);
}
