namespace Sluice.IntegrationTests.Webhooks;

/// <summary>What is to be signed.</summary>
/// <param name="Scheme">How; one of those in signers/sign.mjs.</param>
/// <param name="Secret">The sender's secret.</param>
/// <param name="Id">The id of the delivery, where it is signed.</param>
/// <param name="Timestamp">When, in seconds since 1970.</param>
/// <param name="BodyBase64">The body.</param>
internal sealed record SignerRequest(string Scheme, string Secret, string Id, long Timestamp, string BodyBase64);
