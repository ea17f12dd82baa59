using Microsoft.AspNetCore.Http;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Resumable;

/// <summary>Reads the request that creates an upload, where it has the fields of an upload in a single request.</summary>
internal static class UploadDescription
{
    /// <summary>The media type of an upload for which none was declared.</summary>
    public const string DefaultType = "application/octet-stream";

    /// <summary>The ticket of the upload, without what its name and its settings decide.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bound">The upload as the request describes it.</param>
    /// <param name="dialect">The protocol.</param>
    /// <param name="length">The length, if declared.</param>
    public static Result<UploadTicket> Read(HttpRequest request, Upload bound, UploadDialect dialect, long? length)
    {
        if (!DigestField.Read(DigestField.Representation, request.Headers[DigestField.Representation])
            .TryGet(out var digests, out var failure))
        {
            return failure;
        }

        if (digests.Count > 0 && digests[0].Algorithm != DigestAlgorithm.Sha256)
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit, "For a resumable upload only sha-256 is supported in Repr-Digest.");
        }

        return new UploadTicket
        {
            Id = bound.Id,
            Target = default,
            Expires = default,
            Dialect = dialect,
            Length = length,
            Properties = bound.Properties,
            Sha256 = digests.Count > 0 ? digests[0] : null,
        };
    }
}
