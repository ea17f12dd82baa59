namespace Sluice.Settings;

/// <summary>
/// One rule of <c>/api/ingest</c>: what it takes, and what happens to it. Rules are tried in the order of the list and the first that
/// matches decides. A rule does exactly one thing: <see cref="Store"/>, <see cref="Relay"/>, both (a tee), or <see cref="Refuse"/>.
/// </summary>
public sealed class RouteOptions
{
    /// <summary>The configuration section that the list of rules is bound to; a rule is an item of it and no section itself.</summary>
    internal const string Section = "Sluice:Routes";

    /// <summary>
    /// What the rule is called in receipts, traces and logs. Required, and unlike the name of any other rule. No default.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>What the rule takes. The default has no conditions: everything.</summary>
    public RouteConditionOptions When { get; set; } = new();

    /// <summary>The body becomes a blob. The default is null: it does not.</summary>
    public RouteStoreOptions? Store { get; set; }

    /// <summary>The body goes to a downstream service. The default is null: it does not.</summary>
    public RouteRelayOptions? Relay { get; set; }

    /// <summary>
    /// Which side of a tee decides; only together with both <see cref="Store"/> and <see cref="Relay"/>. The default is
    /// <see cref="TeeCommit.Both"/>: nothing is published that the downstream service did not take.
    /// </summary>
    public TeeCommit? Commit { get; set; }

    /// <summary>The request is refused. The default is null: it is not.</summary>
    public RouteRefuseOptions? Refuse { get; set; }

    /// <summary>
    /// Which media types the rule lets in, of those that it matches. The default is null: all. Unlike a condition it does not hand the
    /// request on to the next rule: what it does not let in is refused with 415.
    /// </summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }
}
