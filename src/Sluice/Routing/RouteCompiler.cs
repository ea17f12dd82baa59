using Sluice.MediaTypes;
using Sluice.Routing.Conditions;
using Sluice.Settings;

namespace Sluice.Routing;

/// <summary>Compiles rules, and reports everything that is wrong with them.</summary>
/// <param name="containers">The containers that may be written.</param>
/// <param name="targets">The downstream services.</param>
internal sealed class RouteCompiler(IReadOnlyCollection<string> containers, IReadOnlyCollection<string> targets)
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compiles one rule; null if its action is invalid.</summary>
    public RouteRule? Compile(RouteOptions rule, string section, ICollection<string> problems)
    {
        var named = !string.IsNullOrWhiteSpace(rule.Name);
        var found = new SettingProblems(section, named ? rule.Name : null, problems);
        if (!named)
        {
            found.Missing("Name", "it is required, because receipts and logs name the rule");
        }
        else if (!_names.Add(rule.Name!))
        {
            found.Add("Name", rule.Name, "an earlier rule has the same name");
        }

        var conditions = RouteConditions.Compile(rule.When ?? new(), found.Under("When"));
        return Action(rule, found) is { } action ? new RouteRule(rule.Name ?? "", conditions, action) : null;
    }

    private RouteAction? Action(RouteOptions rule, SettingProblems problems)
    {
        if (rule.Commit is { } commit && (rule is { Store: null } or { Relay: null } || !Enum.IsDefined(commit)))
        {
            var names = string.Join(", ", Enum.GetNames<TeeCommit>());
            problems.Add("Commit", commit, $"only a rule with both Store and Relay may have it, and it must be one of {names}");
        }

        var mediaTypes = MediaTypePolicy.Compile(rule.MediaTypes, problems.Under("MediaTypes"));
        var store = rule.Store is { } into ? StoreRoute.Compile(into, containers, problems.Under("Store")) : null;
        var relay = rule.Relay is { } to ? RelayRoute.Compile(to, targets, problems.Under("Relay")) : null;
        var passOn = RelayRoute.CompileLater(rule.PassOn, rule.Store is not null, targets, problems);
        switch (rule)
        {
            case { Refuse: null, Store: null, Relay: null }:
                problems.Whole("does nothing: it needs Store, Relay, both, or Refuse");
                return null;
            case { Refuse: null }:
                TeeCommit? decides = rule is { Store: not null, Relay: not null } ? rule.Commit ?? TeeCommit.Both : null;
                return new SendAction(mediaTypes, store, relay, decides, passOn);
            case { Store: null, Relay: null }:
                return Refuse(rule.Refuse, mediaTypes, problems);
            default:
                problems.Whole("has Refuse together with Store or Relay: remove one of them");
                return null;
        }
    }

    private static RefuseAction Refuse(RouteRefuseOptions refuse, MediaTypePolicy? mediaTypes, SettingProblems problems)
    {
        if (refuse.Status is < RouteRefuseOptions.MinStatus or > RouteRefuseOptions.MaxStatus)
        {
            problems.Under("Refuse").Add(
                "Status", refuse.Status, $"the status must be from {RouteRefuseOptions.MinStatus} to {RouteRefuseOptions.MaxStatus}");
        }

        if (mediaTypes is not null)
        {
            problems.Whole("has MediaTypes, but Refuse refuses every request: use When:DeclaredType and When:SniffedType");
        }

        return new RefuseAction(refuse.Status, refuse.Detail);
    }
}
