namespace Sluice.Routing;

/// <summary>The answer to a sender that only checks an address: 200.</summary>
/// <param name="Text">The body; empty for none.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record ChallengeReply(string Text = "", string MediaType = "text/plain")
{
    /// <summary>The headers that answer, if the body does not.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
