namespace Sluice.IntegrationTests.Ingest;

/// <summary>The tests that share one server with rules.</summary>
[CollectionDefinition]
public sealed class OnIngestServer : ICollectionFixture<IngestServer>;
