using System.Security.Cryptography;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The secrets of a source that signs by HMAC (RFC 2104).</summary>
/// <param name="algorithm">The hash.</param>
/// <param name="keys">The secrets' bytes.</param>
internal sealed class HmacKeys(WebhookHmacAlgorithm algorithm, IReadOnlyList<byte[]> keys)
{
    private readonly HashAlgorithmName _name = algorithm switch
    {
        WebhookHmacAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        WebhookHmacAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        _ => HashAlgorithmName.SHA512,
    };

    public int Count => keys.Count;

    /// <summary>The length of a signature.</summary>
    public int SignatureBytes { get; } = algorithm switch
    {
        WebhookHmacAlgorithm.Sha1 => HMACSHA1.HashSizeInBytes,
        WebhookHmacAlgorithm.Sha256 => HMACSHA256.HashSizeInBytes,
        _ => HMACSHA512.HashSizeInBytes,
    };

    /// <summary>Returns a check that one of the signatures was made with one of the secrets.</summary>
    /// <param name="beforeBody">The signed text before the body.</param>
    /// <param name="signatures">The signatures of the delivery.</param>
    public HmacCheck Check(byte[] beforeBody, IReadOnlyList<byte[]> signatures)
    {
        var check = new HmacCheck([.. keys.Select(key => IncrementalHash.CreateHMAC(_name, key))], signatures);
        check.Append(beforeBody);
        return check;
    }
}
