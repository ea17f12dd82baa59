namespace Sluice.IntegrationTests.OpenApi;

/// <summary>What a program with a generated client reports.</summary>
/// <param name="Bytes">The length in the receipt of its upload.</param>
/// <param name="Sent">The SHA-256 of what it uploaded, in hexadecimal.</param>
/// <param name="Received">The SHA-256 of what it downloaded.</param>
/// <param name="Problem">The type of the problem of a blob that is not there.</param>
/// <param name="Allocated">How many bytes it allocated in all; null where that can't be told.</param>
internal sealed record ClientReport(long Bytes, string Sent, string Received, string Problem, long? Allocated);
