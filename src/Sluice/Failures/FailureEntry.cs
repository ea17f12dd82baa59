namespace Sluice.Failures;

/// <summary>What is known of a kind of failure.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Party">Whose doing it is.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Code">The last part of the problem's type, which never changes.</param>
/// <param name="Title">The problem's title, the same for every occurrence.</param>
/// <param name="Retry">Whether sending the same request again can help.</param>
internal sealed record FailureEntry(FailureKind Kind, Party Party, int Status, string Code, string Title, bool Retry)
{
    /// <summary>The <c>type</c> member (RFC 9457, section 3.1.1): a stable URI, explained in docs/failures.md.</summary>
    public string Type => IsRegistered ? $"https://iana.org/assignments/http-problem-types#{Code}" : $"urn:sluice:problem:{Code}";

    /// <summary>What to do about it: one paragraph, with code in backticks.</summary>
    public string Remedy => Remedies.Of(Kind);

    /// <summary>Whether Resumable Uploads for HTTP registers the type.</summary>
    public bool IsRegistered { get; init; }
}
