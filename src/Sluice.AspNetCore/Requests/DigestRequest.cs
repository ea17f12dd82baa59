using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads from a request's head the digests it declares for its body, and those its sender wants.</summary>
internal static class DigestRequest
{
    /// <summary>The declared digests, from any field: all are over the bytes of the body as sent.</summary>
    public static Result<IReadOnlyList<Digest>> Declared(IHeaderDictionary headers)
    {
        var all = new List<Digest>();
        foreach (var field in Fields(headers))
        {
            if (!field.TryGet(out var digests, out var failure))
            {
                return failure;
            }

            all.AddRange(digests);
        }

        return all;
    }

    /// <summary>The digests wanted of what is stored.</summary>
    public static DigestPreference Wanted(IHeaderDictionary headers) => DigestPreference.Read(headers[DigestField.WantRepresentation]);

    /// <summary>The digests wanted of the response's own content; null if none are.</summary>
    public static DigestPreference? WantedOfContent(IHeaderDictionary headers) =>
        headers.TryGetValue(DigestField.WantContent, out var lines) ? DigestPreference.Read(lines) : null;

    private static IEnumerable<Result<IReadOnlyList<Digest>>> Fields(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(DigestField.Content, out var content))
        {
            yield return DigestField.Read(DigestField.Content, content);
        }

        // For a partial body (which can only be relayed) the field declares nothing that the part alone could be checked against: RFC 9530,
        // section 3.
        if (headers.TryGetValue(DigestField.Representation, out var representation) && !headers.ContainsKey(HeaderNames.ContentRange))
        {
            yield return DigestField.Read(DigestField.Representation, representation);
        }

        if (headers.TryGetValue(DigestField.Md5, out var md5))
        {
            yield return DigestField.ReadOne(DigestField.Md5, DigestAlgorithm.Md5, md5);
        }

        if (headers.TryGetValue(DigestField.Crc64, out var crc64))
        {
            yield return DigestField.ReadOne(DigestField.Crc64, DigestAlgorithm.Crc64, crc64);
        }
    }
}
