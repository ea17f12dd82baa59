namespace Sluice.IntegrationTests.OpenApi;

/// <summary>An answer. Several of one status are one response with several kinds of content.</summary>
/// <param name="Status">Its status, or <c>default</c> for all others; no range of them, which NSwag can't read.</param>
/// <param name="Description">What it means, in one sentence.</param>
/// <param name="Headers">The headers that are its own.</param>
internal sealed record ApiAnswer(string Status, string Description, params IReadOnlyList<ApiHeader> Headers)
{
    /// <summary>The media type of its content; null for none.</summary>
    public string? MediaType { get; init; }

    /// <summary>The record that is serialised; null for bytes of any kind.</summary>
    public Type? Schema { get; init; }
}
