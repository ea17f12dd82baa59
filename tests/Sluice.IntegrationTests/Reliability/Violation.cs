namespace Sluice.IntegrationTests.Reliability;

/// <summary>A promise that was not kept.</summary>
internal sealed class Violation(string message) : Exception(message);
