using Sluice.Routing.Evidence;

namespace Sluice.Routing.Conditions;

/// <summary>Holds if the declared length is between two bounds, in bytes. An unknown length never matches.</summary>
internal sealed class LengthCondition(long? min, long? max) : RouteCondition("length", Wants(min, max))
{
    public override ConditionResult Look(RouteEvidence evidence) => evidence.Request.Length is { } length
        ? new(length >= (min ?? 0) && length <= (max ?? long.MaxValue), $"{length} bytes")
        : new(false, "unknown");

    private static string Wants(long? min, long? max) => (min, max) switch
    {
        (_, null) => $"at least {min} bytes",
        (null, _) => $"at most {max} bytes",
        _ => $"{min} to {max} bytes",
    };
}
