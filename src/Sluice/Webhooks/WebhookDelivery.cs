using System.Buffers;
using System.Text.Json;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Routing.Evidence;
using Sluice.Routing.Templates;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// One incoming delivery. It is verified once: before anything is decided, if the whole body is within the peek window; otherwise while the
/// body passes, and its end is held back until it is verified.
/// </summary>
internal sealed class WebhookDelivery(WebhookSource source, WebhookClaim claim, RouteRequest request) : IRouter, IBodyCheck
{
    /// <summary>Whether the signature was verified.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>The sender's id of the delivery, once it is known.</summary>
    public string? Id { get; private set; } = claim.DeliveryId;

    /// <summary>How many bytes have to be inspected to find the id, if it is in the body.</summary>
    public int PeekBytes => claim.DeliveryId is null && claim.IdPointers.Count > 0 ? PeekOptions.MaxWindowBytes : 0;

    public string Label => $"hooks/{source.Name}";

    public Result<RouteDecision> Decide(ReadOnlySequence<byte> head, bool complete)
    {
        if (complete && Verify(head) is { } forged)
        {
            return forged;
        }

        if (complete && source.AddressCheck.Answer(head) is { } challenge)
        {
            return new RouteDecision(source.Name, Store: null, Relay: null, Commit: null) { Challenge = challenge };
        }

        Id ??= IdIn(head, complete);
        var named = request with { Path = $"{source.Name}/{NameValue.Safe(Id)}" };
        return source.Send.Decide(source.Name, new RouteEvidence(named, head, complete));
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!IsVerified)
        {
            claim.Check.Append(bytes);
        }
    }

    public Failure? Verify()
    {
        if (IsVerified)
        {
            return null;
        }

        var failure = claim.Check.Verify();
        IsVerified = failure is null;
        return failure;
    }

    public void Dispose() => claim.Dispose();

    private Failure? Verify(ReadOnlySequence<byte> body)
    {
        foreach (var segment in body)
        {
            Append(segment.Span);
        }

        return Verify();
    }

    // If an id has several parts in the body, either all of them are there, or there is no id: then the digest of the body takes its place,
    // or of its beginning, if that is all that is known. What has the same name is compared byte by byte (Deduplication).
    private string IdIn(ReadOnlySequence<byte> head, bool complete)
    {
        if (claim.IdPointers.Count > 0)
        {
            var found = claim.IdPointers.Select(pointer => IdOf(JsonPeek.Find(head, complete, pointer))).ToList();
            if (found.TrueForAll(static part => part is not null))
            {
                return DeliveryIds.Join(found!);
            }
        }

        return Convert.ToHexStringLower(Sha256Part.Of(head));
    }

    // Values that many events share identify none of them: null, true, false, an empty text.
    private static string? IdOf(JsonPeekResult found) =>
        found.Kind is JsonValueKind.String or JsonValueKind.Number && !string.IsNullOrWhiteSpace(found.Text) ? found.Text : null;
}
