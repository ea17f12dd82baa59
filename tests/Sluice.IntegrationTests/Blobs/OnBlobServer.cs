namespace Sluice.IntegrationTests.Blobs;

/// <summary>The tests that share one <see cref="BlobServer"/>: a start costs more than most of them.</summary>
[CollectionDefinition]
public sealed class OnBlobServer : ICollectionFixture<BlobServer>;
