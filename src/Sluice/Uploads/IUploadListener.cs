using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>
/// Hears what happens to uploads before they are stored, or instead of it. Nothing waits for it: each method returns at once, and never
/// throws.
/// </summary>
internal interface IUploadListener
{
    /// <summary>A resumable upload was created.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="expires">Until when it can be resumed.</param>
    void Created(UploadNote upload, DateTimeOffset expires);

    /// <summary>A request has ended that brought bytes of a resumable upload, which is not complete yet.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="before">The offset at which the request began.</param>
    /// <param name="offset">The offset now.</param>
    void Advanced(UploadNote upload, long before, long offset);

    /// <summary>A body failed.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="failure">Why.</param>
    void Failed(UploadNote upload, Failure failure);
}
