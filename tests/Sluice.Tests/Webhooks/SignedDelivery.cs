using System.Security.Cryptography;
using System.Text;
using Sluice.Settings;
using Sluice.Webhooks;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Sluice.Tests.Webhooks;

/// <summary>A genuine delivery of one scheme, and which parts of its headers are signed or are the signed time.</summary>
/// <param name="Options">The settings of its source.</param>
/// <param name="Secret">The secret that it is signed with.</param>
/// <param name="Delivery">The delivery.</param>
/// <param name="Signed">Headers, and the part of each that is signed.</param>
internal sealed record SignedDelivery(
    WebhookSourceOptions Options, string Secret, TestDelivery Delivery, params (string Header, Range Part)[] Signed)
{
    public const long Time = 1_700_000_000;

    private static readonly byte[] _body = RandomNumbers(300);

    public static IEnumerable<string> Names =>
    [
        "standard-webhooks", "v1a", "svix", "github", "stripe", "slack", "shopify", "hmac", "hmac-sha1", "hmac-sha512", "hmac-fields",
        "hmac-after", "ed25519", "ecdsa", "rsa", "http-message-signatures",
    ];

    public static IEnumerable<string> Timed =>
    [
        "standard-webhooks", "v1a", "svix", "stripe", "slack", "hmac", "hmac-fields", "hmac-after", "ed25519", "ecdsa", "rsa",
        "http-message-signatures",
    ];

    /// <summary>Another secret of the same kind.</summary>
    public string Other { get; init; } = "another";

    public WebhookScheme Scheme => TestDelivery.Scheme(Options);

    public static SignedDelivery Of(string name) => name switch
    {
        "standard-webhooks" => Standard("webhook", "standard-webhooks"),
        "svix" => Standard("svix", "svix"),
        "v1a" => Asymmetric(),
        "github" => Plain("github", "X-Hub-Signature-256", "sha256=" + Hex("")),
        "shopify" => Plain("shopify", "X-Shopify-Hmac-Sha256", Convert.ToBase64String(Mac("s3cret", ""))),
        "stripe" => new(
            TestDelivery.Options("stripe", "whsec_x"), "whsec_x",
            new TestDelivery(_body).With("Stripe-Signature", $"t={Time},v1={Convert.ToHexStringLower(Mac("whsec_x", $"{Time}."))}"),
            ("Stripe-Signature", 2..12))
        { Other = "whsec_y" },
        "slack" => new(
            TestDelivery.Options("slack", "s3cret"), "s3cret",
            new TestDelivery(_body).With("X-Slack-Request-Timestamp", $"{Time}").With("X-Slack-Signature", "v0=" + Hex($"v0:{Time}:")),
            ("X-Slack-Request-Timestamp", ..)),
        "hmac" =>
            Described(new() { Header = "X-Sig", Template = "{id}|{timestamp}|{body}", TimestampHeader = "X-Time" }, Hex($"id-1|{Time}|")),
        "hmac-sha1" => Described(
            new() { Header = "X-Sig", Algorithm = WebhookHmacAlgorithm.Sha1, Prefix = "sha1=" },
            "sha1=" + Convert.ToHexStringLower(CryptographicOperations.HmacData(HashAlgorithmName.SHA1, "s3cret"u8, _body))),
        "hmac-sha512" => Described(
            new() { Header = "X-Sig", Algorithm = WebhookHmacAlgorithm.Sha512, Encoding = WebhookEncoding.Base64 },
            Convert.ToBase64String(HMACSHA512.HashData("s3cret"u8, _body))),
        "hmac-fields" => Described(
            new() { Header = "X-Sig", SignatureField = "v1", TimestampField = "t", Template = "{timestamp}.{body}" },
            $"t={Time},v1={Hex($"{Time}.")}") with
        {
            Signed = [("X-Sig", 2..12)],
        },
        "hmac-after" => Described(
            new()
            {
                Header = "X-Sig",
                Template = "POST{body}{timestamp}",
                TimestampHeader = "X-Time",
                TimestampFormat = WebhookTimestampFormat.Milliseconds,
            },
            Hex("POST", $"{Time}000"), $"{Time}000") with
        {
            Signed = [("X-Time", ..)],
        },
        "ed25519" => SignedByKey.Ed25519(_body),
        "ecdsa" => SignedByKey.Ecdsa(_body),
        "rsa" => SignedByKey.Rsa(_body),
        "http-message-signatures" => SignedMessage.Of(_body),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static SignedDelivery Plain(string scheme, string header, string signature) =>
        new(TestDelivery.Options(scheme, "s3cret"), "s3cret", new TestDelivery(_body).With(header, signature));

    private static SignedDelivery Described(WebhookHmacOptions hmac, string signature, string? timestamp = null)
    {
        var options = TestDelivery.Options("hmac", "s3cret");
        options.Hmac = hmac;
        options.IdHeader = "X-Id";
        var delivery = new TestDelivery(_body).With("X-Sig", signature).With("X-Id", "id-1");
        return hmac.TimestampHeader is { } time
            ? new(options, "s3cret", delivery.With(time, timestamp ?? $"{Time}"), (time, ..), ("X-Id", ..))
            : new(options, "s3cret", delivery);
    }

    private static SignedDelivery Standard(string family, string scheme)
    {
        var key = RandomNumbers(24);
        var secret = "whsec_" + Convert.ToBase64String(key);
        var signature = Mac(key, [.. Encoding.UTF8.GetBytes($"msg_1.{Time}."), .. _body]);
        return Headers(family, TestDelivery.Options(scheme, secret), secret, $"v1,{Convert.ToBase64String(signature)}") with
        {
            Other = "whsec_" + Convert.ToBase64String(new byte[24]),
        };
    }

    private static SignedDelivery Asymmetric()
    {
        var (key, point, signature) = (RandomNumbers(32), new byte[32], new byte[64]);
        Curve.GeneratePublicKey(key, point);
        byte[] message = [.. Encoding.UTF8.GetBytes($"msg_1.{Time}."), .. _body];
        Curve.Sign(key, 0, message, 0, message.Length, signature, 0);
        var secret = "whpk_" + Convert.ToBase64String(point);

        // The other one is that of RFC 8032, section 7.1, test 1.
        return Headers("webhook", TestDelivery.Options("standard-webhooks", secret), secret, $"v1a,{Convert.ToBase64String(signature)}") with
        {
            Other = "whpk_" + Convert.ToBase64String(Convert.FromHexString(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")),
        };
    }

    private static SignedDelivery Headers(string family, WebhookSourceOptions options, string secret, string signature) => new(
        options, secret,
        new TestDelivery(_body).With($"{family}-id", "msg_1").With($"{family}-timestamp", $"{Time}").With($"{family}-signature", signature),
        ($"{family}-id", ..), ($"{family}-timestamp", ..));

    private static byte[] Mac(string secret, string beforeBody, string afterBody = "") =>
        Mac(Encoding.UTF8.GetBytes(secret), [.. Encoding.UTF8.GetBytes(beforeBody), .. _body, .. Encoding.UTF8.GetBytes(afterBody)]);

    private static byte[] Mac(byte[] key, byte[] message) => HMACSHA256.HashData(key, message);

    private static string Hex(string beforeBody, string afterBody = "") => Convert.ToHexStringLower(Mac("s3cret", beforeBody, afterBody));

    private static byte[] RandomNumbers(int count)
    {
        var bytes = new byte[count];
        new Random(20261124).NextBytes(bytes);
        return bytes;
    }
}
