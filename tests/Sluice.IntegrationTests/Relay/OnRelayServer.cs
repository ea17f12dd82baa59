namespace Sluice.IntegrationTests.Relay;

/// <summary>The tests that share one server and one downstream service.</summary>
[CollectionDefinition]
public sealed class OnRelayServer : ICollectionFixture<RelayServer>;
