using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Events;
using Sluice.Settings;

namespace Sluice.AzureFunctions.Events;

/// <summary>Adds the events of stored bodies to an Azure Functions app.</summary>
public static class EventFunctionsExtensions
{
    /// <summary>
    /// Announces every stored body to the destinations in <c>Sluice:Events:Destinations</c>. The outbox is the queue
    /// <c>sluice-events</c> in the storage account of the function app (<c>AzureWebJobsStorage</c>), because its trigger scales the app. An
    /// app without destinations and <c>PassOn</c> should switch the function off: <c>AzureWebJobs.Events.Disabled</c>.
    /// </summary>
    /// <param name="builder">The app.</param>
    /// <exception cref="OptionsValidationException">At startup, when <c>Sluice:Events</c> names another queue or account.</exception>
    public static FunctionsApplicationBuilder AddSluiceEvents(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSluiceEvents(reads: false);
        builder.Services.AddOptions<EventOptions>()
            .Validate(
                static options => options is { Queue: EventFunctions.Queue, Endpoint: null }
                    && string.IsNullOrEmpty(options.ConnectionString),
                "Sluice:Events:Queue, Sluice:Events:Endpoint and Sluice:Events:ConnectionString can't be set on Azure Functions: "
                    + $"the outbox is the queue {EventFunctions.Queue} of AzureWebJobsStorage, by which the app is scaled. Remove them.");
        builder.Services.AddSingleton(new EventAccount(Account(builder.Configuration.GetSection("AzureWebJobsStorage"))));
        return builder;
    }

    // https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection
    private static BlobAccountOptions Account(IConfigurationSection connection) => new()
    {
        ConnectionString = connection.Value,
        Endpoint = connection["queueServiceUri"] is { Length: > 0 } endpoint ? new Uri(endpoint)
            : connection["accountName"] is { Length: > 0 } account ? new Uri($"https://{account}.queue.core.windows.net")
            : null,
        ClientId = connection["clientId"],
    };
}
