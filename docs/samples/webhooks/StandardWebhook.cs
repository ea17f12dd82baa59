using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>
/// A delivery that is signed according to Standard Webhooks: <c>{id}.{timestamp}.{body}</c>, HMAC-SHA256, <c>v1,BASE64</c>.
/// </summary>
internal static class StandardWebhook
{
    private const int ToleranceSeconds = 300;

    /// <summary>The id of a delivery; null if its headers or its signature are not what the sender would have sent.</summary>
    public static string? Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body, byte[] secret, DateTimeOffset now)
    {
        var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        // With a full stop in the id, it could end elsewhere, and the signature would still be valid.
        if (id.Length is 0 or > 200 || id.Contains('.', StringComparison.Ordinal)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            || Math.Abs(now.ToUnixTimeSeconds() - sent) > ToleranceSeconds)
        {
            return null;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        var expected = Encoding.UTF8.GetBytes($"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}");
        // Several, while the sender rotates its secret.
        var signatures = headers["webhook-signature"].ToString().Split(' ');
        return signatures.Any(one => CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(one))) ? id : null;
    }
}
