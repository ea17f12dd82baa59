using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>
/// Turns a ticket into a part of a URL that nobody else can make, change or read, and back: AES-256-GCM under the first key, a random
/// nonce, and base64url.
/// <code>
/// version  nonce  ciphertext  tag
/// 1        12     ...         16
/// </code>
/// The nonces are random, so a key should not seal more than 2^32 uploads (NIST SP 800-38D, section 8.3). The nonce of a whole
/// (<see cref="UploadRole.Final"/>) is computed from the ticket, and as good as random: a repeated request gets the same address. Two
/// tickets have the same nonce only if they are identical.
/// </summary>
internal sealed class TicketSeal(IReadOnlyList<byte[]> keys)
{
    /// <summary>The length of a key, in bytes.</summary>
    public const int KeyBytes = 32;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static readonly byte[] NonceLabel = "sluice ticket nonce"u8.ToArray();

    /// <summary>Whether there is a key to seal with.</summary>
    public bool HasKey => keys.Count > 0;

    /// <summary>Seals a ticket.</summary>
    public Result<string> Seal(UploadTicket ticket)
    {
        if (TicketCodec.Write(ticket) is not { } plain)
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"The names and metadata of the upload are too long: "
                    + $"the upload URL contains them, and has room for {TicketCodec.MaxBytes} bytes.");
        }

        var token = new byte[1 + NonceBytes + plain.Length + TagBytes];
        token[0] = Version;
        var nonce = token.AsSpan(1, NonceBytes);
        if (ticket.Role == UploadRole.Final)
        {
            NonceOf(plain, keys[0], nonce);
        }
        else
        {
            RandomNumberGenerator.Fill(nonce);
        }

        using var aes = new AesGcm(keys[0], TagBytes);
        aes.Encrypt(nonce, plain, token.AsSpan(1 + NonceBytes, plain.Length), token.AsSpan(token.Length - TagBytes), token.AsSpan(0, 1));
        return Base64Url.EncodeToString(token);
    }

    // HMAC-SHA-256 under a key of its own (RFC 5869), truncated.
    private static void NonceOf(ReadOnlySpan<byte> plain, byte[] key, Span<byte> nonce)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(HKDF.Expand(HashAlgorithmName.SHA256, key, KeyBytes, NonceLabel), plain, mac);
        mac[..NonceBytes].CopyTo(nonce);
    }

    /// <summary>Opens a ticket that was sealed with any of the keys; false for anything else.</summary>
    public bool TryOpen(string sealedTicket, [NotNullWhen(true)] out UploadTicket? ticket)
    {
        ticket = null;
        // Only in canonical form: the decoder would skip spaces and padding, and one upload would have many URLs.
        if (!Base64Url.IsValid(sealedTicket)
            || Base64Url.DecodeFromChars(sealedTicket) is not { Length: > 1 + NonceBytes + TagBytes } token
            || sealedTicket.Length != Base64Url.GetEncodedLength(token.Length)
            || token[0] != Version)
        {
            return false;
        }

        var plain = new byte[token.Length - 1 - NonceBytes - TagBytes];
        foreach (var key in keys)
        {
            using var aes = new AesGcm(key, TagBytes);
            try
            {
                aes.Decrypt(
                    token.AsSpan(1, NonceBytes), token.AsSpan(1 + NonceBytes, plain.Length),
                    token.AsSpan(token.Length - TagBytes), plain, token.AsSpan(0, 1));
                ticket = TicketCodec.Read(plain);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed with another key, or not a ticket.
            }
        }

        return false;
    }
}
