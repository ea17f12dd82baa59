using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>How an HMAC is computed and sent.</summary>
/// <param name="Header">The header with the signature.</param>
/// <param name="Prefix">The text before it in the header.</param>
/// <param name="Encoding">Its encoding: hex or base64.</param>
/// <param name="Text">What is signed.</param>
/// <param name="TimestampHeader">The header with the time, if a time is signed.</param>
internal sealed record HmacRecipe(string Header, string Prefix, WebhookEncoding Encoding, SignedText Text, string? TimestampHeader = null);
