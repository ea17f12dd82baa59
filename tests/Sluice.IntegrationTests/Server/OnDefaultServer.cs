namespace Sluice.IntegrationTests.Server;

/// <summary>The tests that share one server with the default settings: a start costs more than most of them.</summary>
[CollectionDefinition]
public sealed class OnDefaultServer : ICollectionFixture<RunningServer>;
