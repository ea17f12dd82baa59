namespace Sluice.AspNetCore.Results;

/// <summary>How a kind of failure is told over HTTP.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Code">The last part of the type, which never changes.</param>
/// <param name="Title">The same for every occurrence.</param>
/// <param name="Retry">Whether sending the same request again can help.</param>
internal sealed record Problem(int Status, string Code, string Title, bool Retry)
{
    /// <summary>The <c>type</c> member (RFC 9457, section 3.1.1): a stable URI, explained in docs/failures.md.</summary>
    public string Type => IsRegistered ? $"https://iana.org/assignments/http-problem-types#{Code}" : $"urn:sluice:problem:{Code}";

    /// <summary>It is one of those that Resumable Uploads for HTTP registers.</summary>
    public bool IsRegistered { get; init; }
}
