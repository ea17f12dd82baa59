using Sluice.Callers;
using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary><c>{claim:NAME}</c>: the value of a claim of the caller's token or principal, if it has exactly one.</summary>
internal sealed class ClaimPart(string type) : NamePart, ICallerPart
{
    public string? Of(Caller caller) => caller.Claim(type) is { } value && !string.IsNullOrWhiteSpace(value) ? NameValue.Safe(value) : null;

    public override Result<string> Fill(RouteEvidence evidence) => Of(evidence.Request.Caller) is { } value
        ? value
        : Unavailable($"the caller's claim '{type}', which is missing, empty or repeated");
}
