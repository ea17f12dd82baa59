namespace Sluice.IntegrationTests.Resumable;

/// <summary>The tests that share one <see cref="FilesServer"/>: a start costs more than most of them.</summary>
[CollectionDefinition]
public sealed class OnFilesServer : ICollectionFixture<FilesServer>;
