using Sluice.MediaTypes;
using Sluice.Names;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Conditions;

/// <summary>Holds if a text of the request is present and matches one of several patterns.</summary>
/// <param name="name">The name of the condition.</param>
/// <param name="patterns">The patterns.</param>
/// <param name="see">Returns the text; null if it is absent.</param>
/// <param name="secret">Whether neither the text nor the patterns may be shown.</param>
internal sealed class PatternCondition(string name, IReadOnlyList<IPattern> patterns, Func<RouteEvidence, string?> see, bool secret = false)
    : RouteCondition(name, Wants(patterns, secret))
{
    private readonly bool _presence = IsPresence(patterns);

    public override ConditionResult Look(RouteEvidence evidence) => see(evidence) is { } text
        ? new(patterns.Any(pattern => pattern.Matches(text)), _presence ? "present" : secret ? Redaction.Hidden : text)
        : new(false, "absent");

    private static bool IsPresence(IReadOnlyList<IPattern> patterns) =>
        patterns.Any(static pattern => pattern is TextPattern { Text: "*" });

    private static string Wants(IReadOnlyList<IPattern> patterns, bool secret) =>
        IsPresence(patterns) ? "present" : secret ? Redaction.Hidden : string.Join(" or ", patterns.Select(static pattern => pattern.Text));
}
