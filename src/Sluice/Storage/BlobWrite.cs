using Sluice.Downstream;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>One blob to be written.</summary>
/// <param name="Id">The upload's random id.</param>
/// <param name="Target">The blob to write.</param>
/// <param name="Properties">What is stored beside its bytes.</param>
/// <param name="Condition">When it may be written.</param>
/// <param name="Length">The declared length of the body, if any.</param>
internal sealed record BlobWrite(Guid Id, BlobTarget Target, BlobProperties Properties, WriteCondition Condition, long? Length)
{
    /// <summary>Where the body came from, for whoever is told of its commit.</summary>
    public UploadOrigin Origin { get; init; } = new(UploadKind.Code);

    /// <summary>The attempt to relay the body now; null if no service gets it later if that fails.</summary>
    public FirstAttempt? FirstAttempt { get; init; }
}
