using Microsoft.AspNetCore.Authorization;
using Sluice.AspNetCore.Routes;

namespace Sluice.Server.Keys;

/// <summary>
/// The policy of every endpoint that is not anonymous: a key, and among its scopes the one that the route requires. It is the fallback policy, so an endpoint
/// that was mapped without a thought about scopes opens to <c>admin</c> only, and what is not there at all needs a key before it is 404.
/// </summary>
internal sealed class ScopePolicy : AuthorizationHandler<ScopePolicy>, IAuthorizationRequirement
{
    /// <summary>The policy.</summary>
    public static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new ScopePolicy()).Build();

    /// <summary>What the request requires; null where there is nothing that could be opened.</summary>
    public static RequiredScope? Of(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint ? endpoint.Metadata.GetMetadata<RequiredScope>() ?? RequiredScope.Admin : null;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopePolicy requirement)
    {
        if (context is { Resource: HttpContext http, User.Identity: KeyCaller caller } && Of(http)?.IsGranted(caller.Scopes, http.Request) != false)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
