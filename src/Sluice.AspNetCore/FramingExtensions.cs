using Microsoft.AspNetCore.Builder;
using Sluice.AspNetCore.Requests;

namespace Sluice.AspNetCore;

/// <summary>Refuses requests of which two servers can disagree where they end: on a host that has middleware.</summary>
public static class FramingExtensions
{
    /// <summary>
    /// 501 for a <c>Transfer-Encoding</c> other than <c>chunked</c>, or in HTTP/1.0, and the end of the connection. The endpoints do the same; this is for what no endpoint
    /// answers: a 404 of routing would keep the connection. It has to be first.
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseFramingCheck(this IApplicationBuilder app) =>
        app.Use(static (context, next) => TransferCoding.Fault(context.Request) is { } failure ? context.RefuseAsync(failure) : next(context));
}
