using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// Has a managed identity, as on App Service: the endpoint that gives out tokens is played by the downstream service. It gives one for the
/// API <c>orders</c>, refuses one for <c>closed</c>, and says nothing about <c>slow</c>.
/// </summary>
public sealed class TokenServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    private ScriptedService? _service;
    private string _identity = "";
    private int _tokens;

    internal ScriptedService Service => _service!;

    /// <summary>How often a token was given out.</summary>
    internal int Tokens => _tokens;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        // https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
        ["IDENTITY_ENDPOINT"] = $"{Service.Address()}{_identity}",
        ["IDENTITY_HEADER"] = "known to the host",
        ["Sluice:Relay:Targets:orders:Address"] = $"{Service.Address()}",
        ["Sluice:Relay:Targets:orders:TokenScope"] = "api://orders/.default",
        ["Sluice:Relay:Targets:closed:Address"] = $"{Service.Address()}",
        ["Sluice:Relay:Targets:closed:TokenScope"] = "api://closed/.default",
        ["Sluice:Relay:Targets:slow:Address"] = $"{Service.Address()}",
        ["Sluice:Relay:Targets:slow:TokenScope"] = "api://slow/.default",
        ["Sluice:Relay:Targets:slow:IdleTimeout"] = "00:00:01",
    };

    protected override async Task PrepareAsync()
    {
        _service = await ScriptedService.StartAsync();
        _identity = Service.At(AnswerAsync);
    }

    protected override ValueTask CleanUpAsync() => _service?.DisposeAsync() ?? default;

    private async Task AnswerAsync(HttpContext context, ServiceExchange exchange)
    {
        switch (context.Request.Query["resource"])
        {
            case "api://orders":
                var expires = DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                context.Response.ContentType = "application/json";
                await Scripts.WriteAsync(
                    context,
                    $$"""{"access_token":"token {{Interlocked.Increment(ref _tokens)}}","expires_on":"{{expires}}","resource":"api://orders","token_type":"Bearer"}""");
                break;
            case "api://slow":
                await Scripts.Stall(context, exchange);
                break;
            default:
                context.Response.StatusCode = 400;
                break;
        }
    }
}
