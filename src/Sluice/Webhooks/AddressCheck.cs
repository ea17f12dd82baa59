using System.Buffers;
using System.Collections.Immutable;
using Sluice.Failures;
using Sluice.Routing;

namespace Sluice.Webhooks;

/// <summary>How a source answers a sender that checks whether the address belongs to its owner. The default: no sender asks.</summary>
internal class AddressCheck
{
    // What is returned to the sender: longer or stranger texts are not a sender's.
    private const int MaxCharacters = 1024;

    public static AddressCheck None { get; } = new();

    /// <summary>The methods by which the sender asks, beside POST.</summary>
    public virtual ImmutableArray<string> Methods => [];

    /// <summary>The answer to a request that only asks, before its body is read; null if it does not ask.</summary>
    public virtual Result<ChallengeReply>? Answer(AddressQuestion question) => null;

    /// <summary>The answer to a body that only asks; null if it does not ask.</summary>
    /// <param name="body">The whole verified body.</param>
    public virtual ChallengeReply? Answer(ReadOnlySequence<byte> body) => null;

    /// <summary>Returns a text to its sender.</summary>
    /// <param name="kind">The failure if it is not one that a sender sends.</param>
    /// <param name="what">What it is, for the failure.</param>
    /// <param name="text">The text.</param>
    protected static Result<ChallengeReply> Echo(FailureKind kind, string what, string text) =>
        text.Length <= MaxCharacters && text.All(static c => c is >= ' ' and <= '~')
            ? new ChallengeReply(text)
            : new Failure(
                kind, Phase.Admit, $"{what} must consist of at most {MaxCharacters} printable ASCII characters.");
}
