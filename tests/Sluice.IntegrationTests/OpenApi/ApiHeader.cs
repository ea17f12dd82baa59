namespace Sluice.IntegrationTests.OpenApi;

/// <summary>A header of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says, in one sentence.</param>
internal sealed record ApiHeader(string Name, string Description);
