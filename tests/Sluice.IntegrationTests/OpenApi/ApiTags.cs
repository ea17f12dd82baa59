namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The groups of operations, by the first segment of their routes.</summary>
internal static class ApiTags
{
    /// <summary>What each is about. A group that is missing here fails the generator.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions { get; } = new Dictionary<string, string>
    {
        ["blobs"] = "Block blobs: store a body or the files of a form, and read them back.",
        ["ingest"] = "Bodies whose destination is chosen by rules.",
        ["relay"] = "Requests that are relayed to downstream services.",
        ["hooks"] = "Webhooks.",
        ["files"] = "Resumable uploads: tus 1.0.0, and Resumable Uploads for HTTP.",
        ["peek"] = "What Sluice detects in a body.",
        ["events"] = "Events of stored bodies.",
        ["health"] = "Probes.",
        ["openapi.json"] = "This document.",
        ["upload"] = "The upload page.",
    };
}
