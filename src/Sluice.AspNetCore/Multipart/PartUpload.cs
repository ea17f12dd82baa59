using Microsoft.Net.Http.Headers;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Routing;
using Sluice.Routing.Templates;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Multipart;

/// <summary>Makes an upload of a part that holds a file.</summary>
internal static class PartUpload
{
    private const string TransferEncoding = "Content-Transfer-Encoding";

    /// <param name="form">The form.</param>
    /// <param name="part">The part.</param>
    /// <param name="fields">The fields before this part.</param>
    /// <param name="mediaTypes">The accepted media types.</param>
    public static Result<Upload> Bind(FormRequest form, FormPart part, FormFields fields, MediaTypePolicy? mediaTypes)
    {
        // RFC 7578, section 4.7: deprecated, and nobody sends it. The bytes would not be those of the file.
        if (part.Header(TransferEncoding) is { } encoding && encoding.ToLowerInvariant() is not ("7bit" or "8bit" or "binary"))
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit, $"{TransferEncoding} is not accepted: Sluice stores a file without decoding it.");
        }

        if (part.FileName!.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return new Failure(FailureKind.NameInvalid, Phase.Admit, "The file name is not valid UTF-8, the charset of forms (RFC 7578).");
        }

        // RFC 9530, section 2: covers the content of this part.
        if (!DigestField.Read(DigestField.Content, part.Header(DigestField.Content) is { } digest ? [digest] : [])
            .TryGet(out var digests, out var failure))
        {
            return failure;
        }

        if (!MediaTypeField.Read([part.Header(HeaderNames.ContentType)]).TryGet(out var mediaType, out failure))
        {
            return failure;
        }

        return new Upload
        {
            Body = part.Open(),
            Kind = UploadKind.Form,
            Identity = form.Head.Identity,
            Caller = form.Head.Caller,
            Gate = form.Head.Gate,
            FileName = part.FileName,
            Destination = new Destination(new BlobTarget(form.Container, NameOf(part, fields))),
            Digests = digests,
            MediaTypes = mediaTypes,
            Condition = form.Head.Condition,
            Properties = new BlobProperties
            {
                ContentType = mediaType,
                CacheControl = form.Head.Properties.CacheControl,
                Features = form.Head.Properties.Features,
                Metadata = fields.Metadata,
            },
        };
    }

    /// <summary>
    /// The blob's name: the prefix, then the file name as a single path segment, whatever it contains (RFC 7578, section 4.2).
    /// </summary>
    public static string NameOf(FormPart part, FormFields fields) => fields.Prefix + NameValue.Safe(part.FileName!);
}
