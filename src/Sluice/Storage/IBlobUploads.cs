using Sluice.Body;

namespace Sluice.Storage;

/// <summary>Opens sinks.</summary>
internal interface IBlobUploads
{
    /// <summary>Opens a sink that becomes a block blob. Sends nothing to storage yet.</summary>
    /// <param name="write">Which blob, with which properties, under which condition.</param>
    /// <param name="plan">Into which blocks the body is cut.</param>
    /// <param name="sender">Who sends it.</param>
    IBlobUpload Open(BlobWrite write, BlockPlan plan, BodySender sender);
}
