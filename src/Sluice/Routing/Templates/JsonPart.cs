using System.Text.Json;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary><c>{json:/pointer}</c>: a value in a JSON body, within the peek window.</summary>
internal sealed class JsonPart(JsonPointer pointer) : NamePart
{
    public override Result<string> Fill(RouteEvidence evidence)
    {
        var finding = evidence.Json(pointer);
        return Problem(finding) is { } problem
            ? Unavailable($"the JSON value at '{pointer.Text}', {problem(evidence)}")
            : NameValue.Safe(finding.Text!);
    }

    // null can't be a name: all uploads without a value would share one blob.
    private static Func<RouteEvidence, string>? Problem(JsonPeekResult finding) => finding switch
    {
        { Status: JsonPeekStatus.Missing } => static _ => "which is missing",
        { Status: JsonPeekStatus.NotSeen } => static evidence => $"which is not within the first {evidence.Head.Length} bytes of the body",
        { Status: JsonPeekStatus.NotJson } => static _ => "but the body is not JSON",
        { Kind: JsonValueKind.Object or JsonValueKind.Array } => static _ => "which is not a single value",
        { Kind: JsonValueKind.Null } => static _ => "which is null",
        _ => string.IsNullOrWhiteSpace(finding.Text) ? static _ => "which is empty" : null,
    };
}
