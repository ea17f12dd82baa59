using Sluice.Digests;
using Sluice.Peek;

namespace Sluice.Webhooks;

/// <summary>
/// What the headers of a delivery say of it, before its body was read. Only <see cref="Check"/> can say whether it is true: until it has
/// agreed, nothing may be remembered of this delivery, or a stranger could use up the ids of real ones.
/// </summary>
/// <param name="Check">Verifies the body at its end. Belongs to whoever has the claim.</param>
internal sealed record WebhookClaim(IBodyCheck Check) : IDisposable
{
    /// <summary>The sender's name of the delivery, the same each time it is sent again; null if no header has it.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>
    /// Whether <see cref="DeliveryId"/> is part of what is signed. If not (GitHub, Shopify), a recorded delivery can be sent again under a new
    /// id and is then taken for another one: an idempotency key keeps out honest repetitions only. An id in the body has no such gap.
    /// </summary>
    public bool IdIsSigned { get; init; }

    /// <summary>Where the id is in the body, if it is there; with more than one, <see cref="DeliveryIds.Join"/> makes one of them.</summary>
    public IReadOnlyList<JsonPointer> IdPointers { get; init; } = [];

    /// <summary>The largest body that can be verified, in bytes; null for any.</summary>
    public long? MaxBytes { get; init; }

    public void Dispose() => Check.Dispose();
}
