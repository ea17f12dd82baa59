using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary>One part of a <see cref="NameTemplate"/>.</summary>
internal abstract class NamePart
{
    /// <summary>Its value for this request; a failure if the request does not have it.</summary>
    public abstract Result<string> Fill(RouteEvidence evidence);

    /// <summary>A sample value, to check at startup whether a template can produce valid names.</summary>
    public virtual string Sample(DateTimeOffset now) => "x";

    /// <summary>The failure for a value that the request does not have.</summary>
    /// <param name="what">What the rule needs, and why it is not available.</param>
    protected static Failure Unavailable(string what) => new(FailureKind.NameUnavailable, Phase.Route, $"The rule needs {what}.");
}
