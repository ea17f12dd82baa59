using Microsoft.AspNetCore.Http;
using Sluice.Digests;

namespace Sluice.AspNetCore.Results;

/// <summary>Writes digests to the fields of RFC 9530: of the available ones, those that the client prefers (section 4).</summary>
internal static class DigestHeaders
{
    /// <summary><c>Repr-Digest</c>, of what is stored.</summary>
    public static void WriteReprDigest(HttpContext context, IReadOnlyDictionary<string, string> digests) =>
        context.Response.Headers.SetIfAny(
            DigestField.Representation,
            DigestField.Write(DigestPreference.Read(context.Request.Headers[DigestField.WantRepresentation]).Choose(digests)));

    /// <summary><c>Content-Digest</c>, of content that is the whole representation: only if requested.</summary>
    public static void WriteContentDigest(HttpContext context, IReadOnlyDictionary<string, string> digests)
    {
        if (context.Request.Headers.TryGetValue(DigestField.WantContent, out var lines))
        {
            context.Response.Headers.SetIfAny(DigestField.Content, DigestField.Write(DigestPreference.Read(lines).Choose(digests)));
        }
    }

    /// <summary><c>Content-Digest</c>, of small content: computed only if requested.</summary>
    public static void WriteContentDigest(HttpContext context, ReadOnlySpan<byte> content)
    {
        if (!context.Request.Headers.TryGetValue(DigestField.WantContent, out var lines)
            || DigestPreference.Read(lines).Wanted is not { Count: > 0 } algorithms)
        {
            return;
        }

        using var digests = new BodyDigests(algorithms, []);
        digests.Append(content);
        context.Response.Headers[DigestField.Content] = DigestField.Write(
            digests.Values().Select(static digest => KeyValuePair.Create(digest.Algorithm.Name, digest.Base64)));
    }
}
