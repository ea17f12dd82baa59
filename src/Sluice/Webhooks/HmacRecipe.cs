using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>How an HMAC is made and sent.</summary>
/// <param name="Header">The header with the signature.</param>
/// <param name="Prefix">What stands before it in the header.</param>
/// <param name="Encoding">How it is written: hex or base64.</param>
/// <param name="Text">What is signed.</param>
/// <param name="TimestampHeader">The header with the time, where a time is signed.</param>
internal sealed record HmacRecipe(string Header, string Prefix, WebhookEncoding Encoding, SignedText Text, string? TimestampHeader = null);
