using Sluice.Digests;
using Sluice.Peek;

namespace Sluice.Webhooks;

/// <summary>
/// What the headers of a delivery claim, before its body is read. Only <see cref="Check"/> can tell whether it is true. Until it has
/// passed, nothing may be remembered of this delivery, or a stranger could use up the ids of real ones.
/// </summary>
/// <param name="Check">Verifies the body at its end. Owned by the holder of the claim.</param>
internal sealed record WebhookClaim(IBodyCheck Check) : IDisposable
{
    /// <summary>The sender's id of the delivery, the same for every repetition; null if it is not in a header.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>
    /// Whether <see cref="DeliveryId"/> is part of the signed text. If not (GitHub, Shopify), a recorded delivery can be replayed under a
    /// new id and is then treated as a different one: an idempotency key prevents only honest repetitions. An id in the body has no such
    /// gap.
    /// </summary>
    public bool IdIsSigned { get; init; }

    /// <summary>
    /// Where the id is in the body, if it is there. If there are several locations, <see cref="DeliveryIds.Join"/> combines the values.
    /// </summary>
    public IReadOnlyList<JsonPointer> IdPointers { get; init; } = [];

    /// <summary>The largest body that can be verified, in bytes; null for any.</summary>
    public long? MaxBytes { get; init; }

    public void Dispose() => Check.Dispose();
}
