using Sluice.Callers;
using Sluice.Settings;

namespace Sluice.Rights;

/// <summary>Whom a right is for: <see cref="RightCallerOptions"/>, compiled.</summary>
internal sealed class CallerCondition(RightCallerOptions options)
{
    /// <summary>Whether there is any condition.</summary>
    public static bool IsGiven(RightCallerOptions? options) => options is { Kinds.Count: > 0 } or { Ids.Count: > 0 }
        or { Roles.Count: > 0 } or { Scopes.Count: > 0 } or { Claims.Count: > 0 };

    /// <summary>Whether all conditions hold.</summary>
    public bool Holds(Caller caller) =>
        IsOneOf(options.Kinds, caller.Kind)
        // The address of a caller that is not identified is not its id.
        && (options.Ids.Count == 0 || (caller.IsIdentified && options.Ids.Contains(caller.Id)))
        && (options.Roles.Count == 0 || options.Roles.Any(caller.Roles.Contains))
        && (options.Scopes.Count == 0 || options.Scopes.Any(caller.Scopes.Contains))
        && options.Claims.All(claim => caller.Claims.TryGetValue(claim.Key, out var values) && claim.Value.Any(values.Contains));

    private static bool IsOneOf(IList<CallerKind> kinds, CallerKind kind) => kinds.Count == 0 || kinds.Contains(kind);
}
