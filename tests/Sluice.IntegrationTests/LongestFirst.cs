using Sluice.IntegrationTests;
using Xunit.Sdk;
using Xunit.v3;

// Three for each core of a small runner: most tests wait most of the time, for storage, for another process or for a time-out.
[assembly: Parallelization(MaxThreads = 6)]
[assembly: TestCollectionOrderer<LongestFirst>]

namespace Sluice.IntegrationTests;

/// <summary>Starts the collections that take longest first, so that none of them is what the run ends with.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // What dotnet test prints at its end says which they are.
    private static readonly string[] _longest =
    [
        "Memory", "Concurrency", ".Reliability.", ".StorageStallTests", ".WebhookStreamingTests", ".TusClientTests",
        ".RelayStreamingTests", ".ShutdownTests", ".StoredScriptTests", ".OnUploadServer", ".OnRelayServer", ".OnDefaultServer",
        ".FormMemoryTests", ".RelayLimitTests", ".ClientStallTests", ".PassThroughStallTests", ".FormStallTests", ".FormShutdownTests",
        ".HealthTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
            [.. testCollections.OrderBy(static collection => Place(collection.TestCollectionDisplayName))];

    // A name in full, or that of a type.
    private static int Place(string collection) =>
        Array.FindIndex(_longest, part =>
            part[0] == '.' ? collection.Contains(part, StringComparison.Ordinal) : collection == part) is >= 0 and var place
            ? place
            : _longest.Length;
}
