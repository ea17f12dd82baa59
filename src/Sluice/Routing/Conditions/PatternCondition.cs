using Sluice.MediaTypes;
using Sluice.Names;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Conditions;

/// <summary>Holds where a text of the request is there and matches one of several patterns.</summary>
/// <param name="name">Which condition it is.</param>
/// <param name="patterns">The patterns.</param>
/// <param name="see">The text; null if it is absent.</param>
/// <param name="secret">Neither the text nor the patterns are shown.</param>
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
