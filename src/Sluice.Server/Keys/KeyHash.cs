using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Server.Keys;

/// <summary>
/// A key as it is kept: its SHA-256. Salt and many rounds are for passwords that people choose; a key is random (<c>openssl rand -base64
/// 32</c>). All hashes have the same length, so comparing them takes constant time.
/// </summary>
internal static class KeyHash
{
    /// <summary>The prefix of a key that is configured as its hash.</summary>
    public const string Prefix = "sha256:";

    /// <summary>The hash of a key as sent.</summary>
    public static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The hash of a key as configured; false for an invalid hash.</summary>
    public static bool TryRead(string configured, [NotNullWhen(true)] out byte[]? hash)
    {
        if (!IsHash(configured))
        {
            hash = Of(configured);
            return true;
        }

        var text = configured[Prefix.Length..];
        hash = new byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(text, hash, out var read, out var written) == OperationStatus.Done && read == text.Length
            && written == hash.Length)
        {
            return true;
        }

        if (Base64.IsValid(text, out var bytes) && bytes == hash.Length)
        {
            hash = Convert.FromBase64String(text);
            return true;
        }

        hash = null;
        return false;
    }

    /// <summary>Whether a key is configured as its hash.</summary>
    public static bool IsHash(string configured) => configured.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
}
