using Microsoft.AspNetCore.Authorization;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Routes;

namespace Sluice.Server.Keys;

/// <summary>
/// The policy of every endpoint that is not anonymous: the caller needs a key or a token with the scope that the route requires. It is the fallback
/// policy, so an endpoint that was mapped without a scope is open to <c>admin</c> only, and an unknown route needs one before it answers
/// 404.
/// </summary>
internal sealed class ScopePolicy : AuthorizationHandler<ScopePolicy>, IAuthorizationRequirement
{
    /// <summary>The policy.</summary>
    public static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new ScopePolicy()).Build();

    /// <summary>The scope that the request requires; null if no endpoint matches.</summary>
    public static RequiredScope? Of(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint ? endpoint.Metadata.GetMetadata<RequiredScope>() ?? RequiredScope.Admin : null;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopePolicy requirement)
    {
        if (context is { Resource: HttpContext http, User.Identity: CallerIdentity { Caller: var caller } }
            && Of(http)?.IsGranted(caller.Scopes, http.Request) != false)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
