namespace Sluice.IntegrationTests.Resumable;

/// <summary>A line that upload.mjs wrote.</summary>
internal sealed record TusEvent
{
    /// <summary>How many bytes it has given to the network; fewer again, when it goes on from an earlier offset.</summary>
    public long? Sent { get; init; }

    /// <summary>Of an answer: the method of its request.</summary>
    public string? Method { get; init; }

    /// <summary>Of an answer.</summary>
    public int? Status { get; init; }

    /// <summary>Of an answer: <c>Upload-Offset</c>.</summary>
    public long? Offset { get; init; }

    /// <summary>Of an answer: who gave it. A proxy's own has none.</summary>
    public string? Instance { get; init; }

    /// <summary>Of an answer: <c>Content-Location</c>.</summary>
    public string? Blob { get; init; }

    /// <summary>Whether it goes on with an upload that was stopped, from here.</summary>
    public bool Resumed { get; init; }

    /// <summary>Why a request did not do what it was meant to.</summary>
    public string? Broken { get; init; }

    /// <summary>At the end: the digest of all that was sent, in hexadecimal.</summary>
    public string? Sha256 { get; init; }
}
