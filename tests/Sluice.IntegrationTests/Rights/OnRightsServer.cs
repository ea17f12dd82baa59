namespace Sluice.IntegrationTests.Rights;

/// <summary>The tests that share one server with rights.</summary>
[CollectionDefinition]
public sealed class OnRightsServer : ICollectionFixture<RightsServer>;
