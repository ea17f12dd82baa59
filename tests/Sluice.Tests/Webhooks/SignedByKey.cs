using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Settings;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Sluice.Tests.Webhooks;

/// <summary>Genuine deliveries that are signed with a private key: the time, a vertical bar and the body.</summary>
internal static class SignedByKey
{
    // Keys of the tests, and of nobody else.
    private static readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RSA _rsa = RSA.Create(2048);

    public static SignedDelivery Ed25519(byte[] body)
    {
        var (key, point, signature) = (new byte[32], new byte[32], new byte[64]);
        key[0] = 7;
        Curve.GeneratePublicKey(key, point);
        var message = Message(body);
        Curve.Sign(key, 0, message, 0, message.Length, signature, 0);

        // The other key is that of RFC 8032, section 7.1, test 1.
        return Of(
            WebhookPublicKeyAlgorithm.Ed25519, Convert.ToHexStringLower(point), signature, body,
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    public static SignedDelivery Ecdsa(byte[] body)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(
            WebhookPublicKeyAlgorithm.EcdsaSha256, Base64(_ecdsa),
            _ecdsa.SignData(Message(body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), body, Base64(other));
    }

    public static SignedDelivery Rsa(byte[] body)
    {
        using var other = RSA.Create(2048);
        return Of(
            WebhookPublicKeyAlgorithm.RsaSha256, _rsa.ExportSubjectPublicKeyInfoPem(),
            _rsa.SignData(Message(body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), body, Base64(other));
    }

    private static byte[] Message(byte[] body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{SignedDelivery.Time}|")), .. body];

    private static string Base64(AsymmetricAlgorithm key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static SignedDelivery Of(WebhookPublicKeyAlgorithm algorithm, string key, byte[] signature, byte[] body, string other)
    {
        var options = TestDelivery.Options("public-key", key);
        options.PublicKey = new()
        {
            Algorithm = algorithm,
            Header = "X-Sig",
            Encoding = WebhookEncoding.Base64,
            Template = "{timestamp}|{body}",
            TimestampHeader = "X-Time",
        };
        var delivery = new TestDelivery(body).With("X-Sig", Convert.ToBase64String(signature)).With("X-Time", $"{SignedDelivery.Time}");
        return new(options, key, delivery, ("X-Time", ..)) { Other = other };
    }
}
