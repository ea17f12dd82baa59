namespace Sluice.AspNetCore.Policies;

/// <summary>The media types that the policy service accepts, as a rule's <c>MediaTypes</c>.</summary>
/// <param name="Allow">The accepted patterns; none for all.</param>
/// <param name="Refuse">The refused patterns.</param>
/// <param name="RefuseContradiction">Whether a body is refused whose bytes contradict the declared type.</param>
internal sealed record PolicyMediaTypes(IReadOnlyList<string>? Allow, IReadOnlyList<string>? Refuse, bool? RefuseContradiction);
