using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Webhooks. The URL that the sender is given contains the function key: <c>?code=</c>.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class WebhookFunctions(WebhookEndpoint endpoint)
{
    /// <summary>Receives a delivery.</summary>
    [Function("Hook")]
    public Task<IResult> Receive(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SluiceRoutes.Hook)] HttpRequest request) =>
        endpoint.ReceiveAsync(request);

    /// <summary>Answers a sender that checks the address before it delivers.</summary>
    [Function("HookHandshake")]
    public Task<IResult> CheckAddress(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "options", Route = SluiceRoutes.Hook)] HttpRequest request) =>
        endpoint.CheckAddressAsync(request);
}
