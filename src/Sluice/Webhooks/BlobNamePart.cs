using System.Security.Cryptography;
using System.Text;
using Sluice.Routing.Names;

namespace Sluice.Webhooks;

/// <summary>Makes an id that a sender chose one part of a path, in such a way that two different ids are never the same part.</summary>
internal static class BlobNamePart
{
    private const int KeptCharacters = 100;

    /// <summary>The id itself where it can be one; else what is left of it, and its digest.</summary>
    public static string Safe(string id)
    {
        var safe = NameValue.Safe(id);
        return safe == id && id.Length <= NameValue.MaxCharacters
            ? id
            : $"{safe[..Math.Min(safe.Length, KeptCharacters)]}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }
}
