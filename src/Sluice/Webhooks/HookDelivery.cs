using System.Buffers;
using Sluice.Body;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Routing.Names;

namespace Sluice.Webhooks;

/// <summary>
/// One delivery on its way in. It is verified once: where the body lies within the peek window, before anything is decided; else while it passes,
/// and its end is held back until it is.
/// </summary>
internal sealed class HookDelivery(HookSource source, WebhookClaim claim, RouteRequest request) : IRouter, IBodyCheck
{
    /// <summary>Whether the signature was found good.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>The sender's name of it, once it is known.</summary>
    public string? Id { get; private set; } = claim.DeliveryId;

    /// <summary>Where it is stored, once that is known.</summary>
    public RouteDecision? Decision { get; private set; }

    /// <summary>What the sender wants back, if it only asked whether somebody is here: then nothing is stored.</summary>
    public string? Challenge { get; private set; }

    public string Label => $"hooks/{source.Name}";

    public Result<RouteDecision> Decide(ReadOnlySequence<byte> head, bool complete)
    {
        if (complete && Verify(head) is { } forged)
        {
            return forged;
        }

        Challenge = complete ? source.Scheme.Challenge(head) : null;
        if (Challenge is not null)
        {
            return new Failure(FailureKind.RouteRefused, Phase.Route, "The sender asked whether somebody is here, and was answered. Nothing is stored.");
        }

        Id ??= IdIn(head, complete);
        if (Id is null)
        {
            return new Failure(
                FailureKind.NameUnavailable, Phase.Route, $"The delivery names itself neither in a header nor within the first {head.Length} bytes of its body, and is too long to go by its digest.");
        }

        var named = request with { Path = $"{source.Name}/{NameValue.Safe(Id)}" };
        var decided = source.Send.Decide(source.Name, new RouteEvidence(named, head, complete));
        Decision = decided.TryGet(out var decision, out _) ? decision : null;
        return decided;
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

    // Parts of an id that are in the body come together or not at all.
    private string? IdIn(ReadOnlySequence<byte> head, bool complete)
    {
        if (claim.IdPointers.Count > 0)
        {
            var found = claim.IdPointers.Select(pointer => JsonPeek.Find(head, complete, pointer).Text).ToList();
            if (found.TrueForAll(static part => !string.IsNullOrEmpty(part)))
            {
                return DeliveryIds.Join(found!);
            }
        }

        return complete ? Sha256Part.Of(head) : null;
    }
}
