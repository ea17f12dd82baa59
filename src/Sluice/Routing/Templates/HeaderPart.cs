using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary><c>{header:X}</c>: the value of a header.</summary>
internal sealed class HeaderPart(string name) : NamePart
{
    public override Result<string> Fill(RouteEvidence evidence)
    {
        var value = evidence.Request.Header(name);
        return string.IsNullOrWhiteSpace(value)
            ? Unavailable($"the header {name}, which is missing")
            : NameValue.Safe(value);
    }
}
