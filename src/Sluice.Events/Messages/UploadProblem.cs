using Sluice.Failures;

namespace Sluice.Events.Messages;

/// <summary>Why an upload was refused: what its client was told (RFC 9457).</summary>
/// <param name="Type">The problem type.</param>
/// <param name="Status">The status of the response.</param>
/// <param name="Detail">An explanation for people.</param>
internal sealed record UploadProblem(string Type, int Status, string Detail)
{
    // It may repeat what the client sent.
    private const int LongestDetail = 512;

    /// <summary>The problem of a failure.</summary>
    public static UploadProblem Of(Failure failure)
    {
        var entry = FailureTable.Of(failure.Kind);
        return new(entry.Type, failure.Status ?? entry.Status,
            failure.Detail.Length > LongestDetail ? failure.Detail[..LongestDetail] : failure.Detail);
    }
}
