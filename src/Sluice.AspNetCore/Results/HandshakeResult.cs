using Microsoft.AspNetCore.Http;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with or without the permission to deliver: the headers grant it, not the status.</summary>
internal sealed class HandshakeResult(WebhookHandshake handshake) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.Allow = "POST";
        if (handshake.AllowedOrigin is { } origin)
        {
            headers["WebHook-Allowed-Origin"] = origin;
            headers["WebHook-Allowed-Rate"] = handshake.AllowedRate;
        }

        return Task.CompletedTask;
    }
}
