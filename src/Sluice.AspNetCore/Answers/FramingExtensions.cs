using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore;

/// <summary>Refuses requests of which two servers can disagree where they end: on a host that has middleware.</summary>
public static class FramingExtensions
{
    /// <summary>
    /// 501 for a <c>Transfer-Encoding</c> in HTTP/1.0, and the end of the connection (RFC 9112, section 6.1). Kestrel undoes it and keeps the connection, so that what a proxy
    /// which knows no codings takes for the body would be the next request. It has to be first: every answer would keep the connection, a 404 too.
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseFramingCheck(this IApplicationBuilder app) => app.Use(static (context, next) =>
        HttpProtocol.IsHttp10(context.Request.Protocol) && context.Request.Headers.TransferEncoding.Count > 0
            ? context.RefuseAsync(new Failure(FailureKind.TransferCodingUnsupported, Phase.Admit, "HTTP/1.0 has no Transfer-Encoding."))
            : next(context));
}
