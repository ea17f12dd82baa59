using Sluice.Body;

namespace Sluice;

/// <summary>One body to be stored, as its sender described it.</summary>
internal sealed record Upload
{
    /// <summary>The body. Nothing of it was read yet.</summary>
    public required IncomingBody Body { get; init; }

    /// <summary>Where it goes.</summary>
    public required BlobTarget Target { get; init; }

    /// <summary>Its declared length in bytes, if any.</summary>
    public long? Length { get; init; }

    /// <summary>What is stored beside its bytes.</summary>
    public BlobProperties Properties { get; init; } = new();

    /// <summary>When it may be written.</summary>
    public WriteCondition Condition { get; init; } = WriteCondition.None;
}
