using Sluice.Events.Delivery;

namespace Sluice.Events;

/// <summary>
/// The outbox, for hosts in which something else receives its messages, such as a queue-triggered function. Get it from the services
/// (<see cref="EventsExtensions.AddSluiceEvents"/>).
/// </summary>
public sealed class EventOutbox
{
    private readonly OutboxHandler _handler;

    internal EventOutbox(OutboxHandler handler) => _handler = handler;

    /// <summary>
    /// Handles a message of the queue <c>Sluice:Events:Queue</c>: delivers an event, or looks whether there is one. What fails is put into
    /// the queue again by the time it returns.
    /// </summary>
    /// <param name="message">The text of the message, decoded from base64.</param>
    /// <param name="cancellationToken">Ends the attempt. The message has to be received again then.</param>
    /// <exception cref="Exception">The queue is unavailable. The message has to be received again.</exception>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        _handler.HandleAsync(BinaryData.FromString(message), cancellationToken);
}
