using Sluice.Failures;

namespace Sluice.AspNetCore.Results;

/// <summary>The failures of routing, as problems like those of the endpoints.</summary>
internal static class RoutingFailures
{
    /// <summary>404: no route has this path.</summary>
    public static Failure RouteUnknown { get; } = new(
        FailureKind.RouteUnknown, Phase.Admit, "No route matches this address. /api/openapi.json lists all routes.");

    /// <summary>404: the app has no upload page.</summary>
    public static Failure NoUploadPage { get; } = new(
        FailureKind.RouteUnknown, Phase.Admit,
        "This app has no upload page. Add the package Sluice.UploadPage and call services.AddSluiceUploadPage().");

    /// <summary>404: the app sends no events.</summary>
    public static Failure NoEvents { get; } = new(
        FailureKind.RouteUnknown, Phase.Admit,
        "This app sends no events. Add the package Sluice.Events, call services.AddSluiceEvents(), and set Sluice:Events:Destinations.");

    /// <summary>405: the route exists, but not with this method.</summary>
    public static Failure MethodRefused { get; } =
        new(FailureKind.MethodRefused, Phase.Admit, "This route does not accept the method. Allow lists the accepted methods.");
}
