namespace Sluice.IntegrationTests.Uploads;

/// <summary>The tests that share one <see cref="UploadServer"/>: a start costs more than most of them.</summary>
[CollectionDefinition]
public sealed class OnUploadServer : ICollectionFixture<UploadServer>;
