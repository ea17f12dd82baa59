using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary>Text that is the same in every name.</summary>
internal sealed class LiteralPart(string text) : NamePart
{
    /// <summary>The text.</summary>
    public string Text => text;

    public override Result<string> Fill(RouteEvidence evidence) => text;

    public override string Sample(DateTimeOffset now) => text;
}
