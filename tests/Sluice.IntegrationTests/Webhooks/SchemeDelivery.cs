using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>A genuine delivery to a source of <see cref="SchemeServer"/>, signed now.</summary>
/// <param name="Source">The source.</param>
/// <param name="Body">The body.</param>
/// <param name="Proof">The headers that are signed, and those with the signature.</param>
/// <param name="Others">The headers of which nothing is signed.</param>
internal sealed record SchemeDelivery(
    string Source, byte[] Body, IReadOnlyList<(string Name, string Value)> Proof, IReadOnlyList<(string Name, string Value)> Others)
{
    public IEnumerable<(string Name, string Value)> Headers => Proof.Concat(Others);

    public static SchemeDelivery Of(string source, string id, int padding)
    {
        var body = Encoding.ASCII.GetBytes($$"""{"id":"{{id}}","event_id":"{{id}}","padding":"{{new string('x', padding)}}"}""");
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return source switch
        {
            "standard-webhooks" => Standard("webhook", $"v1,{Base64(Mac(Key(), $"{id}.{time}."))}"),
            "svix" => Standard("svix", $"v1,{Base64(Mac(Key(), $"{id}.{time}."))}"),
            "v1a" => Standard("webhook", $"v1a,{Base64(Ed25519Signature($"{id}.{time}."))}"),
            "github" or "large" => Proven([("X-Hub-Signature-256", $"sha256={Hex("")}")], ("X-GitHub-Delivery", id)),
            "shopify" => Proven([("X-Shopify-Hmac-Sha256", Base64(Mac(Text(), "")))], ("X-Shopify-Webhook-Id", id)),
            "stripe" => Proven([("Stripe-Signature", $"t={time},v1={Hex($"{time}.")}")]),
            "slack" => Proven([("X-Slack-Request-Timestamp", time), ("X-Slack-Signature", $"v0={Hex($"v0:{time}:")}")]),
            "hmac" => Proven([("X-Id", id), ("X-Time", time), ("X-Signature", Hex($"{id}|{time}|"))]),
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
        };

        SchemeDelivery Proven((string, string)[] proof, params (string, string)[] others) => new(source, body, proof, others);
        SchemeDelivery Standard(string family, string signature) =>
            Proven([($"{family}-id", id), ($"{family}-timestamp", time), ($"{family}-signature", signature)]);
        byte[] Signed(string before) => [.. Encoding.ASCII.GetBytes(before), .. body];
        byte[] Mac(byte[] key, string before) => HMACSHA256.HashData(key, Signed(before));
        string Hex(string before) => Convert.ToHexStringLower(Mac(Text(), before));
        byte[] Ed25519Signature(string before)
        {
            var signature = new byte[64];
            Curve.Sign(SchemeServer.PrivateKey, 0, Signed(before), 0, Signed(before).Length, signature, 0);
            return signature;
        }
    }

    /// <summary>
    /// The same with one bit changed, in the body or in a header that has to do with the signature. It can still be sent.
    /// </summary>
    public SchemeDelivery Flipped(Random random)
    {
        var header = random.Next(-1, Proof.Count);
        if (header < 0)
        {
            byte[] body = [.. Body];
            body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
            return this with { Body = body };
        }

        var value = Proof[header].Value.ToCharArray();
        var at = random.Next(value.Length);
        char flipped;
        do
            flipped = (char)(value[at] ^ (1 << random.Next(7)));
        while (flipped is <= ' ' or > '~');
        value[at] = flipped;
        return this with { Proof = [.. Proof.Select((proof, index) => index == header ? (proof.Name, new string(value)) : proof)] };
    }

    private static byte[] Key() => Convert.FromBase64String(SchemeServer.StandardSecret["whsec_".Length..]);

    private static byte[] Text() => Encoding.ASCII.GetBytes(SchemeServer.TextSecret);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);
}
