using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Multipart;

/// <summary>The failure of a form, or of a file in it that has not become an upload.</summary>
internal static class FormRefusal
{
    /// <summary>Logs, counts and tells it.</summary>
    /// <param name="pipeline">Logs and counts it.</param>
    /// <param name="failure">What failed.</param>
    /// <param name="destination">Where the form was sent to, as the log shows it.</param>
    /// <param name="head">What the head of the request says.</param>
    public static void Report(UploadPipeline pipeline, Failure failure, string destination, Upload head)
    {
        pipeline.LogFailure(failure, destination, head.CallerId);
        pipeline.Listener?.Failed(new UploadNote(Guid.NewGuid(), head.Origin(rule: null, sniffed: null)), failure);
    }
}
