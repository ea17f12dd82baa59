namespace Sluice.IntegrationTests.Events;

/// <summary>The tests that share one <see cref="EventServer"/>: a start costs more than most of them.</summary>
[CollectionDefinition]
public sealed class OnEventServer : ICollectionFixture<EventServer>;
