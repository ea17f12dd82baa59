using Sluice.Failures;
using Sluice.Routing;

namespace Sluice.Uploads;

/// <summary>
/// The app's own code that decides about an upload once its destination is known (step 3 of <see cref="UploadPipeline"/>).
/// </summary>
internal interface IUploadGate
{
    /// <summary>Asks for a decision.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="destination">Where it would go.</param>
    /// <param name="rule">The rule that chose the destination; null if the request named it.</param>
    /// <param name="seen">What the first bytes show; null if none were read.</param>
    /// <param name="cancellationToken">Fires when the sender has disconnected.</param>
    /// <returns>The upload as decided, with its <see cref="Upload.Destination"/>; or why it is refused.</returns>
    ValueTask<Result<Upload>> DecideAsync(
        Upload upload, Destination destination, string? rule, PeekedUpload? seen, CancellationToken cancellationToken);
}
