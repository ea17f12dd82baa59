namespace Sluice.IntegrationTests.Reliability;

/// <summary>A run of a way in which something went wrong on purpose.</summary>
/// <param name="Way">The way.</param>
/// <param name="Fault">What went wrong.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Times">How often.</param>
/// <param name="Outcome">What the client was answered that met it.</param>
internal sealed record Injection(string Way, string Fault, string Operation, int Times, string Outcome);
