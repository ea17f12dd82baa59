namespace Sluice.Failures;

/// <summary>A declared digest, and the digest that was computed instead.</summary>
/// <param name="Algorithm">Its name: <c>sha-256</c>, <c>sha-512</c>, <c>md5</c> or <c>crc64nvme</c>.</param>
/// <param name="Expected">The declared digest, in base64.</param>
/// <param name="Actual">The digest of the body, in base64.</param>
public sealed record DifferentDigests(string Algorithm, string Expected, string Actual);
