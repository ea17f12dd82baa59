using Sluice.Downstream;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>Where a body came from, as far as its blob does not record it.</summary>
/// <param name="Kind">How it came in.</param>
internal sealed record UploadOrigin(UploadKind Kind)
{
    /// <summary>The rule that chose its blob, if one did.</summary>
    public string? Rule { get; init; }

    /// <summary>The source of webhooks that delivered it.</summary>
    public string? Source { get; init; }

    /// <summary>The request that services get later; null if none does.</summary>
    public RelayRequest? PassOn { get; init; }

    /// <summary>The id of who sent it; null if only an address is known.</summary>
    public string? Caller { get; init; }

    /// <summary>The media type that came with it.</summary>
    public string? DeclaredMediaType { get; init; }

    /// <summary>The media type that its first bytes show.</summary>
    public string? SniffedMediaType { get; init; }
}
