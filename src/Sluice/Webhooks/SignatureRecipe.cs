using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>Where the signature of a delivery is, and what it signs.</summary>
/// <param name="Headers">The headers that may contain it.</param>
/// <param name="Prefix">The text before it.</param>
/// <param name="Encoding">Its encoding: hex or base64.</param>
/// <param name="Text">What is signed.</param>
internal sealed record SignatureRecipe(IReadOnlyList<string> Headers, string Prefix, WebhookEncoding Encoding, SignedText Text)
{
    /// <summary>The fields of the header; null if the whole header is one signature.</summary>
    public SignatureFields? Fields { get; init; }

    /// <summary>The header with the time, if a time is signed and is not one of the fields.</summary>
    public string? TimestampHeader { get; init; }
}
