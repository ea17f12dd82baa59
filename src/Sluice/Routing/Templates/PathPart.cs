using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary>
/// <c>{path}</c>: the path that the client requested, unchanged. It is checked as part of the whole name, and never rewritten.
/// </summary>
internal sealed class PathPart : NamePart
{
    public override Result<string> Fill(RouteEvidence evidence) => evidence.Request.Path;
}
