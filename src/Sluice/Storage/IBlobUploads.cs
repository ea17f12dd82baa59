using Sluice.Body;

namespace Sluice.Storage;

/// <summary>Opens sinks.</summary>
internal interface IBlobUploads
{
    /// <summary>Opens a sink that becomes a block blob. Sends nothing to storage yet.</summary>
    /// <param name="write">Which blob to write, with which properties, under which condition.</param>
    /// <param name="plan">How the body is cut into blocks.</param>
    /// <param name="sender">The sender of the body.</param>
    IBlobUpload Open(BlobWrite write, BlockPlan plan, BodySender sender);
}
