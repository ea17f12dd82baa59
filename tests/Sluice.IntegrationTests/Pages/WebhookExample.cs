namespace Sluice.IntegrationTests.Pages;

/// <summary>A request of docs/webhooks.md or docs/webhook-senders.md.</summary>
/// <param name="Section">The section that it is in.</param>
/// <param name="Verb">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; empty for none.</param>
/// <param name="Blob">The container and the name of the blob that the page says it becomes; null if it says none.</param>
internal sealed record WebhookExample(
    string Section, string Verb, string Path, IReadOnlyList<(string Name, string Value)> Headers, string Body, string? Blob)
{
    /// <summary>What the page says that it returns: a header, or the body; null if it says nothing.</summary>
    public string? Reply { get; init; }

    /// <summary>The same with one byte changed: each byte of the body in turn, or of the token where only that proves anything.</summary>
    public IEnumerable<WebhookExample> Forgeries()
    {
        var token = Headers.ToList().FindIndex(static header => header.Name == "Authorization");
        return token < 0
            ? Enumerable.Range(0, Body.Length).Select(i => this with { Body = Changed(Body, i) })
            : Enumerable.Range("Bearer ".Length, Headers[token].Value.Length - "Bearer ".Length).Select(i => this with
            {
                Headers = [.. Headers.Select(header => header.Name == "Authorization" ? (header.Name, Changed(header.Value, i)) : header)],
            });
    }

    private static string Changed(string text, int at) => $"{text[..at]}{(char)(text[at] ^ 1)}{text[(at + 1)..]}";
}
