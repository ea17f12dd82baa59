using Sluice.Events.Messages;
using Sluice.Events.Outbox;

namespace Sluice.Events.Delivery;

/// <summary>When to look again at what can't be decided yet: a request that was sent may be carried out late.</summary>
internal sealed class LookAgain(EventQueues queues)
{
    private static readonly TimeSpan[] _delays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(40)];

    /// <summary>Whether it has been looked at often enough, if what was seen can be trusted.</summary>
    public static bool IsLast(OutboxMessage message) => message.Attempts >= _delays.Length;

    /// <summary>Puts a message into the outbox again, for later.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why nothing could be seen; null if something could.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task LaterAsync(OutboxMessage message, string? reason, CancellationToken cancellationToken) => queues.Outbox.SendAsync(
        (message with { Attempts = Math.Min(message.Attempts + 1, _delays.Length), Reason = reason }).ToJson(),
        _delays[Math.Min(message.Attempts, _delays.Length - 1)], cancellationToken);
}
