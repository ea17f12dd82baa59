using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// Handles requests that match no other route, on a host whose own routing answers with an empty 404. On Azure Functions it is a separate
/// function for every path and method. On Kestrel <see cref="RouteProblems"/> does the same.
/// </summary>
public sealed class UnmatchedEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly AllowedMethods _methods;

    internal UnmatchedEndpoint(EndpointGuard guard, AllowedMethods methods)
    {
        _guard = guard;
        _methods = methods;
    }

    /// <summary>
    /// 405 <c>method-refused</c> with <c>Allow</c> if the path supports other methods (RFC 9110, section 15.5.6), otherwise 404
    /// <c>route-unknown</c>.
    /// </summary>
    /// <param name="request">A request that no other function handled.</param>
    public Task<IResult> RefuseAsync(HttpRequest request) => _guard.RunAsync(
        request, (unmatched, _) => Task.FromResult(_guard.RefuseEarly(
            unmatched, _methods.Of(unmatched.Path).Count > 0 ? _methods.Refusal(unmatched) : RoutingFailures.RouteUnknown)));
}
