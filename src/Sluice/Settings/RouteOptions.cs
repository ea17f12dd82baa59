namespace Sluice.Settings;

/// <summary>
/// One rule of <c>/api/ingest</c>: which requests it matches, and what it does with them. Rules are tried in the order of the list, and the
/// first match decides. A rule has exactly one action: <see cref="Store"/>, <see cref="Relay"/>, both (a tee), or <see cref="Refuse"/>.
/// </summary>
public sealed class RouteOptions
{
    /// <summary>
    /// The configuration section that the list of rules is bound to. A rule is an item of the list, not a section of its own.
    /// </summary>
    internal const string Section = "Sluice:Routes";

    /// <summary>The rule's name in receipts, traces and logs. Required, and unique among the rules. No default.</summary>
    public string? Name { get; set; }

    /// <summary>Which requests the rule matches. The default has no conditions: everything.</summary>
    public RouteConditionOptions When { get; set; } = new();

    /// <summary>Stores the body as a blob. The default is null: the body is not stored.</summary>
    public RouteStoreOptions? Store { get; set; }

    /// <summary>Relays the body to a downstream service. The default is null: the body is not relayed.</summary>
    public RouteRelayOptions? Relay { get; set; }

    /// <summary>
    /// The services that get the stored body later, from the blob, with the headers of the request: each until it responds with 2xx, or for
    /// <c>Sluice:Events:MaxAge</c>. Requires <see cref="Store"/>, and the package <c>Sluice.Events</c>. At most 8. The default is none.
    /// </summary>
    public IList<RouteRelayOptions> PassOn { get; } = [];

    /// <summary>
    /// Which side of a tee decides. Allowed only with both <see cref="Store"/> and <see cref="Relay"/>. The default is
    /// <see cref="TeeCommit.Both"/>: nothing is published that the downstream service did not accept.
    /// </summary>
    public TeeCommit? Commit { get; set; }

    /// <summary>Refuses the request. The default is null: the request is not refused.</summary>
    public RouteRefuseOptions? Refuse { get; set; }

    /// <summary>
    /// Which media types the rule accepts, among the requests that it matches. The default is null: all. Unlike a condition, it does not
    /// pass the request on to the next rule: a type that is not accepted is refused with 415.
    /// </summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }
}
