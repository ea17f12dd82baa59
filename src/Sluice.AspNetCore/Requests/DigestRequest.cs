using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads what a request declares of its body, and which digests its sender wants, off its head.</summary>
internal static class DigestRequest
{
    /// <summary>The digests that are declared, of whatever field: all are over the bytes of the body as they are sent.</summary>
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

    /// <summary>The digests of what is stored that are wanted.</summary>
    public static DigestPreference Wanted(IHeaderDictionary headers) => DigestPreference.Read(headers[DigestField.WantRepresentation]);

    /// <summary>The digests of the answer's own content that are wanted; null where nobody asks.</summary>
    public static DigestPreference? WantedOfContent(IHeaderDictionary headers) =>
        headers.TryGetValue(DigestField.WantContent, out var lines) ? DigestPreference.Read(lines) : null;

    private static IEnumerable<Result<IReadOnlyList<Digest>>> Fields(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(DigestField.Content, out var content))
        {
            yield return DigestField.Read(DigestField.Content, content);
        }

        // Of a part (which can only be relayed) it says nothing that the part alone could be held against: RFC 9530, section 3.
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
