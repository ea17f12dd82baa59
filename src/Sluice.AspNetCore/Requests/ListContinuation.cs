using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sluice.Storage;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// Where the next page of a list begins, as clients see it: storage's own marker, with a check value over it and over the list that it
/// belongs to. So a damaged continuation, or one of another list, is refused instead of starting somewhere else. The check value is not a
/// secret and protects nothing: the container and the prefix of each request decide what is listed.
/// </summary>
internal static class ListContinuation
{
    private const int CheckBytes = 8;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The continuation for a marker.</summary>
    public static string Of(BlobQuery list, string marker) =>
        Base64Url.EncodeToString([.. Check(list, marker), .. _strict.GetBytes(marker)]);

    /// <summary>The marker in a continuation; null if it is not a continuation of this list.</summary>
    public static string? Read(BlobQuery list, string text)
    {
        if (!Base64Url.IsValid(text, out var length) || length <= CheckBytes)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        try
        {
            var marker = _strict.GetString(bytes.AsSpan(CheckBytes));
            return bytes.AsSpan(0, CheckBytes).SequenceEqual(Check(list, marker)) ? marker : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // None of the first three contains a line break.
    private static ReadOnlySpan<byte> Check(BlobQuery list, string marker) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{list.Container}\n{list.Prefix}\n{list.Delimiter}\n{marker}")).AsSpan(0, CheckBytes);
}
