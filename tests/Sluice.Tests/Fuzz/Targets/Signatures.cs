using Sluice.Failures;
using Sluice.Tests.Webhooks;
using Sluice.Webhooks;
using Sent = Sluice.Tests.Webhooks.TestDelivery;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>
/// The headers of a delivery, for each scheme of webhooks: one header a line. Only a genuine signature over the genuine signed parts is
/// accepted, whatever is around it; nobody finds another one by chance.
/// </summary>
internal static class Signatures
{
    private static readonly string[] _tokens =
    [
        "t=", "v1=", "v1,", "v1a,", "v0=", ",", " ", "=", "sha256=", "Bearer ", "%", "%0", "%20", ".", "|", ":", "\n", "1700000000",
        "1700000001", "AAAA", "00", "s3cret", "webhook-", "svix-", "ce-id:", "Content-Type:application/cloudevents+json",
    ];

    public static IEnumerable<FuzzTarget> All => [.. SignedDelivery.Names.Select(Signed), Events];

    private static FuzzTarget Events
    {
        get
        {
            var scheme = Sent.Scheme("cloudevents", "s3cret");
            return new("Signature of cloudevents", "accepted only with the token; the id is source and id, decoded")
            {
                Seeds =
                [
                    "Authorization:Bearer s3cret\nce-specversion:1.0\nce-source:/a%20b\nce-id:1",
                    "Authorization:Bearer s3cret\nContent-Type:application/cloudevents+json"
                ],
                Tokens = _tokens,
                Parse = text => Dispose(Read(text).Begin(scheme)),
                Check = text =>
                {
                    var delivery = Read(text);
                    using var claim = delivery.Begin(scheme).TryGet(out var begun, out _) ? begun : null;
                    return claim is null || (delivery.Headers.TryGetValue("Authorization", out var token)
                        && token.Equals("bearer s3cret", StringComparison.OrdinalIgnoreCase)
                        && token.EndsWith("s3cret", StringComparison.Ordinal)) ? Id(claim?.DeliveryId) : "a stranger is let in";
                },
                BytesPerCharacter = 256,
            };
        }
    }

    private static FuzzTarget Signed(string name)
    {
        var signed = SignedDelivery.Of(name);
        var scheme = signed.Scheme;
        var genuine = Write(signed.Delivery);
        var signature = signed.Delivery.Headers.Values.MaxBy(static value => value.Length)!;
        var mark = signature[(signature.LastIndexOfAny(['=', ','], signature.Length - 3) + 1)..];
        return new($"Signature of {name}", "accepted only with the genuine signature over the genuine signed parts")
        {
            Seeds =
            [
                genuine, genuine.Replace(mark, mark + "," + mark, StringComparison.Ordinal),
                genuine.Replace(mark, mark.ToUpperInvariant(), StringComparison.Ordinal)
            ],
            Tokens = [.. _tokens, mark, $",v1={mark}", $" v1,{mark}"],
            Parse = text => Dispose(Read(text).Begin(scheme)),
            Check = text =>
            {
                var delivery = Read(text) with { Body = signed.Delivery.Body };
                if (delivery.Verdict(scheme) is not null)
                {
                    return null;
                }

                var kept = signed.Signed.All(part => delivery.Headers.TryGetValue(part.Header, out var value) && IsKept(
                    value, signed.Delivery.Headers[part.Header][part.Part]));
                return kept && delivery.Headers.Values.Any(value => value.Contains(mark, StringComparison.OrdinalIgnoreCase))
                    ? null
                    : "a forged delivery is accepted";
            },

            // Ed25519 keeps the body in a rented buffer of 64 KiB.
            FixedBytes = 192 * 1024,
            BytesPerCharacter = 256,
        };
    }

    // A header that is signed as a whole is unchanged; one that has a signed part has it as one of its parts.
    private static bool IsKept(string value, string part) => value == part || value.Split(',').Any(piece => piece.TrimStart(' ') == $"t={part}");

    private static string? Id(string? id) => id is null || (id.Length > 0 && !id.Any(char.IsControl)) ? null : "its id is none";

    private static Sent Read(string text)
    {
        // As the hosts join the lines of one header.
        var headers = text.Split('\n')
            .Select(static line => (Line: line, Colon: line.IndexOf(':', StringComparison.Ordinal)))
            .Where(static header => header.Colon > 0)
            .GroupBy(
                static header => header.Line[..header.Colon], static header => header.Line[(header.Colon + 1)..],
                StringComparer.OrdinalIgnoreCase);
        return new Sent("{}")
        {
            Headers = headers.ToDictionary(
                static header => header.Key, static header => string.Join(", ", header), StringComparer.OrdinalIgnoreCase)
        };
    }

    private static string Write(Sent delivery) =>
        string.Join('\n', delivery.Headers.Select(static header => $"{header.Key}:{header.Value}"));

    private static void Dispose(Result<WebhookClaim> claim)
    {
        if (claim.TryGet(out var begun, out _))
        {
            begun.Dispose();
        }
    }
}
