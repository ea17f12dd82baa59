using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The secrets of a source that signs by HMAC (RFC 2104).</summary>
/// <param name="algorithm">The hash.</param>
/// <param name="keys">The secrets' bytes.</param>
internal sealed class HmacKeys(WebhookHmacAlgorithm algorithm, IReadOnlyList<byte[]> keys) : ISignatureKeys
{
    private readonly HashAlgorithmName _name = algorithm switch
    {
        WebhookHmacAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        WebhookHmacAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        _ => HashAlgorithmName.SHA512,
    };

    public int Count => keys.Count;

    /// <inheritdoc/>
    public int? SignatureBytes { get; } = algorithm switch
    {
        WebhookHmacAlgorithm.Sha1 => HMACSHA1.HashSizeInBytes,
        WebhookHmacAlgorithm.Sha256 => HMACSHA256.HashSizeInBytes,
        _ => HMACSHA512.HashSizeInBytes,
    };

    /// <inheritdoc/>
    public int MaxSignatures => SignatureHeader.MaxSignatures;

    /// <inheritdoc/>
    public long? MaxBodyBytes => null;

    /// <inheritdoc/>
    public IBodyCheck Check(byte[] beforeBody, byte[] afterBody, IReadOnlyList<byte[]> signatures)
    {
        var check = new HmacCheck([.. keys.Select(key => IncrementalHash.CreateHMAC(_name, key))], afterBody, signatures);
        check.Append(beforeBody);
        return check;
    }
}
