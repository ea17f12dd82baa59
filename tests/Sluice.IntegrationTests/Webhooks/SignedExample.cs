namespace Sluice.IntegrationTests.Webhooks;

/// <summary>A delivery that examples.mjs wrote.</summary>
/// <param name="Headers">All that it is sent with.</param>
/// <param name="BodyBase64">The body.</param>
internal sealed record SignedExample(Dictionary<string, string> Headers, string BodyBase64);
