using Sluice.Callers;
using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary><c>{caller:id}</c>: what identifies the caller. A caller that is known by its address only has no such value.</summary>
internal sealed class CallerPart : NamePart, ICallerPart
{
    public string? Of(Caller caller) => caller is { IsIdentified: true, Id.Length: > 0 } ? NameValue.Safe(caller.Id) : null;

    public override Result<string> Fill(RouteEvidence evidence) => Of(evidence.Request.Caller) is { } id
        ? id
        : Unavailable("the caller's id, and the caller is not identified");
}
