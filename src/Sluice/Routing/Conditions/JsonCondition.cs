using System.Text.Json;
using Sluice.MediaTypes;
using Sluice.Names;
using Sluice.Peek;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Conditions;

/// <summary>Holds if a value was found in a JSON body and matches one of several patterns, or if it was not found.</summary>
/// <param name="pointer">Where the value is.</param>
/// <param name="patterns">The patterns; empty for any value.</param>
/// <param name="wanted">Whether the value must be found, or must not be.</param>
internal sealed class JsonCondition(JsonPointer pointer, IReadOnlyList<IPattern> patterns, bool wanted)
    : RouteCondition($"json:{pointer.Text}", Wants(pointer, patterns, wanted))
{
    private readonly bool _secret = Redaction.IsSecret(pointer.Text);

    public override ConditionResult Look(RouteEvidence evidence)
    {
        var finding = evidence.Json(pointer);
        var seen = finding.Status == JsonPeekStatus.Found;
        return new(seen == wanted && (!seen || Matches(finding)), Saw(finding, evidence));
    }

    private static string Wants(JsonPointer pointer, IReadOnlyList<IPattern> patterns, bool wanted) => (wanted, patterns.Count) switch
    {
        (false, _) => "not seen",
        (_, 0) => "any value",
        _ => Redaction.IsSecret(pointer.Text) ? Redaction.Hidden : string.Join(" or ", patterns.Select(static pattern => pattern.Text)),
    };

    private bool Matches(JsonPeekResult finding) =>
        patterns.Count == 0 || (finding.Text is { } text && patterns.Any(pattern => pattern.Matches(text)));

    private string Saw(JsonPeekResult finding, RouteEvidence evidence) => finding switch
    {
        { Status: JsonPeekStatus.Missing } => "missing",
        { Status: JsonPeekStatus.NotSeen } => $"not within the first {evidence.Head.Length} bytes",
        { Status: JsonPeekStatus.NotJson } => "no JSON",
        { Kind: JsonValueKind.Object } => "an object",
        { Kind: JsonValueKind.Array } => "an array",
        _ => _secret ? Redaction.Hidden : finding.Text ?? "",
    };
}
