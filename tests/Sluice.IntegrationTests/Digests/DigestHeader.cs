using System.IO.Hashing;
using System.Security.Cryptography;

namespace Sluice.IntegrationTests.Digests;

/// <summary>The ways to declare a digest: which header, and which algorithm the problem then names.</summary>
internal static class DigestHeader
{
    public static readonly string[] All =
    [
        "Content-Digest sha-256", "Content-Digest sha-512", "Repr-Digest sha-256", "Repr-Digest sha-512", "Content-MD5 md5",
        "x-ms-content-crc64 crc64nvme"
    ];

    /// <summary>The header that declares a body so.</summary>
    public static (string Name, string Value) Of(string way, byte[] body)
    {
        var (name, algorithm) = (way.Split(' ')[0], way.Split(' ')[1]);
        var value = Base64(algorithm, body);
        return (name, name.EndsWith("-Digest", StringComparison.Ordinal) ? $"{algorithm}=:{value}:" : value);
    }

    /// <summary>A digest in base64.</summary>
    public static string Base64(string algorithm, byte[] body) => Convert.ToBase64String(algorithm switch
    {
        "sha-256" => SHA256.HashData(body),
        "sha-512" => SHA512.HashData(body),
        "md5" => CryptographicOperations.HashData(HashAlgorithmName.MD5, body),
        _ => BitConverter.GetBytes(Crc64.HashToUInt64(Crc64ParameterSet.Nvme, body)),
    });
}
