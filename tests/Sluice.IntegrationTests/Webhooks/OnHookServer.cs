namespace Sluice.IntegrationTests.Webhooks;

/// <summary>The tests that share one <see cref="HookServer"/>: a start costs more than most of them.</summary>
[CollectionDefinition]
public sealed class OnHookServer : ICollectionFixture<HookServer>;
