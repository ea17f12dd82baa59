namespace Sluice.IntegrationTests.Multipart;

/// <summary>The tests that share one <see cref="FormServer"/>: a start costs more than most of them.</summary>
[CollectionDefinition]
public sealed class OnFormServer : ICollectionFixture<FormServer>;
