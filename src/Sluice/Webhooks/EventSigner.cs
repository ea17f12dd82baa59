using System.Security.Cryptography;
using System.Text;

namespace Sluice.Webhooks;

/// <summary>Signs the events that Sluice itself sends, by the scheme that it also verifies (Standard Webhooks, scheme v1).</summary>
internal sealed class EventSigner(byte[] key)
{
    private const string SecretPrefix = "whsec_";

    /// <summary>Reads a secret; null if it is not valid.</summary>
    public static EventSigner? From(string? secret)
    {
        if (secret?.StartsWith(SecretPrefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var bytes) && bytes is >= 24 and <= 64
            ? new EventSigner(key[..bytes])
            : null;
    }

    /// <summary>The headers of an event.</summary>
    public IEnumerable<(string Name, string Value)> Sign(string id, DateTimeOffset now, byte[] body)
    {
        var time = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{time}."), .. body];
        return
        [
            ("webhook-id", id),
            ("webhook-timestamp", time),
            ("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"),
        ];
    }
}
