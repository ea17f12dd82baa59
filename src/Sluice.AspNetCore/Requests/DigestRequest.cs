using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads from a request's head the digests it declares for its body.</summary>
internal static class DigestRequest
{
    // Each field with what reads its lines.
    private static readonly (string Name, Func<StringValues, Result<IReadOnlyList<Digest>>> Read)[] _fields =
    [
        (DigestField.Content, static lines => DigestField.Read(DigestField.Content, lines)),
        (DigestField.Representation, static lines => DigestField.Read(DigestField.Representation, lines)),
        (DigestField.Md5, static lines => DigestField.ReadOne(DigestField.Md5, DigestAlgorithm.Md5, lines)),
        (DigestField.Crc64, static lines => DigestField.ReadOne(DigestField.Crc64, DigestAlgorithm.Crc64, lines)),
    ];

    /// <summary>The declared digests, from any field: all are over the bytes of the body as sent.</summary>
    public static Result<IReadOnlyList<Digest>> Declared(IHeaderDictionary headers)
    {
        var all = new List<Digest>();
        foreach (var (name, read) in _fields)
        {
            // For a partial body (which can only be relayed) Repr-Digest declares nothing that the part alone could be checked against:
            // RFC 9530, section 3.
            if (!headers.TryGetValue(name, out var lines)
                || (name == DigestField.Representation && headers.ContainsKey(HeaderNames.ContentRange)))
            {
                continue;
            }

            if (!read(lines).TryGet(out var digests, out var failure))
            {
                return failure;
            }

            all.AddRange(digests);
        }

        return all;
    }
}
