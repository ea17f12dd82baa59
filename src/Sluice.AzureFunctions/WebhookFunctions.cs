using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp;

/// <summary>Webhooks. The function key goes into the address that the sender is given: <c>?code=</c>.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class WebhookFunctions(WebhookEndpoint endpoint)
{
    /// <summary>Takes a delivery.</summary>
    [Function("Hook")]
    public Task<IResult> Receive(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SluiceRoutes.Hook)] HttpRequest request) =>
        endpoint.ReceiveAsync(request);

    /// <summary>Says whether a sender may deliver.</summary>
    [Function("HookHandshake")]
    public Task<IResult> Handshake(
        [HttpTrigger(AuthorizationLevel.Function, "options", Route = SluiceRoutes.Hook)] HttpRequest request) =>
        endpoint.HandshakeAsync(request);
}
