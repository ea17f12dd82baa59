namespace Sluice.Uploads;

/// <summary>What the steps 1 to 3 of an upload decided.</summary>
/// <param name="Upload">The upload and its destination; null if its sender only checks whether the endpoint is alive.</param>
/// <param name="Challenge">The response to such a sender; empty for an upload.</param>
/// <param name="IsAdmitted">Whether the destination has been checked, before the first byte.</param>
internal readonly record struct Route(RoutedUpload? Upload, string Challenge, bool IsAdmitted)
{
    /// <summary>An upload to a destination that the request named.</summary>
    public static Route To(RoutedUpload upload) => new(upload, "", IsAdmitted: true);
}
