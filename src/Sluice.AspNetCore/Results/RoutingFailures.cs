using Sluice.Failures;

namespace Sluice.AspNetCore.Results;

/// <summary>The failures of routing, as problems like those of the endpoints.</summary>
internal static class RoutingFailures
{
    /// <summary>404: no route has this path.</summary>
    public static Failure RouteUnknown { get; } =
        new(FailureKind.RouteUnknown, Phase.Admit, "There is nothing at this address; /api/openapi.json has all that there is.");

    /// <summary>405: the route exists, but not with this method.</summary>
    public static Failure MethodRefused { get; } =
        new(FailureKind.MethodRefused, Phase.Admit, "This address does not take the method; Allow lists those that it takes.");
}
