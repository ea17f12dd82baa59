using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary>One part of a <see cref="NameTemplate"/>.</summary>
internal abstract class NamePart
{
    /// <summary>What it is for this request; a failure if the request does not have it.</summary>
    public abstract Result<string> Fill(RouteEvidence evidence);

    /// <summary>What it could be, to see at start whether a template makes names at all.</summary>
    public virtual string Sample(DateTimeOffset now) => "x";

    /// <summary>The failure of a part that the request does not have.</summary>
    /// <param name="what">What the rule needs, and what became of it.</param>
    protected static Failure Unavailable(string what) => new(FailureKind.NameUnavailable, Phase.Route, $"The rule needs {what}.");
}
