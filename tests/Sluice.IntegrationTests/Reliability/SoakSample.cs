namespace Sluice.IntegrationTests.Reliability;

/// <summary>What a process had at a moment of the soak.</summary>
internal readonly record struct SoakSample(double Seconds, double ResidentMiB, int Handles, int Threads);
