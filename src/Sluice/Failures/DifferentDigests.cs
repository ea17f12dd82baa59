namespace Sluice.Failures;

/// <summary>A digest that was declared, and the one that was found instead.</summary>
/// <param name="Algorithm">Its name: <c>sha-256</c>, <c>sha-512</c>, <c>md5</c> or <c>crc64nvme</c>.</param>
/// <param name="Expected">What was declared, in base64.</param>
/// <param name="Actual">What the body's is, in base64.</param>
public sealed record DifferentDigests(string Algorithm, string Expected, string Actual);
