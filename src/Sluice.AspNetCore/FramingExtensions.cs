using Microsoft.AspNetCore.Builder;
using Sluice.AspNetCore.Requests;

namespace Sluice.AspNetCore;

/// <summary>Refuses requests whose end two servers could interpret differently, on a host that has middleware.</summary>
internal static class FramingExtensions
{
    /// <summary>
    /// Answers 501 to a <c>Transfer-Encoding</c> other than <c>chunked</c>, or to one in HTTP/1.0, and closes the connection. The endpoints
    /// do the same. This middleware covers requests that no endpoint handles: a 404 from routing would keep the connection open. It must be
    /// the first middleware.
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseFramingCheck(this IApplicationBuilder app) =>
        app.Use(static (context, next) =>
            TransferCoding.Fault(context.Request) is { } failure ? context.RefuseAsync(failure) : next(context));
}
