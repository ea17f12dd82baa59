using Microsoft.Azure.Functions.Worker;
using Sluice.Events;

namespace Sluice.AzureFunctions.Events;

/// <summary>Delivers events.</summary>
/// <param name="outbox">Does the work, on both hosts.</param>
public sealed class EventFunctions(EventOutbox outbox)
{
    /// <summary>The queue of the outbox, in the storage account of the function app (<c>AzureWebJobsStorage</c>).</summary>
    internal const string Queue = "sluice-events";

    /// <summary>Handles a message of the outbox.</summary>
    [Function("Events")]
    public Task DeliverAsync([QueueTrigger(Queue)] string message, CancellationToken cancellationToken) =>
        outbox.HandleAsync(message, cancellationToken);
}
