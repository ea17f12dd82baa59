using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary><c>{id}</c>: the upload's own id, 32 hex digits.</summary>
internal sealed class IdPart : NamePart
{
    public override Result<string> Fill(RouteEvidence evidence) => evidence.Request.Id.ToString("N");
}
