using System.Buffers;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>Decodes bytes that are written as text, strictly.</summary>
internal static class SignatureCode
{
    /// <summary>
    /// The bytes of a signature. Null if the text can't be decoded, or is not in the form that senders use: the last digit of base64 has
    /// unused bits, and a hex digit has two cases. A changed header is not the sender's, even if the change has no meaning, and senders'
    /// own libraries compare the text too.
    /// </summary>
    public static byte[]? DecodeSignature(ReadOnlySpan<char> text, WebhookEncoding encoding)
    {
        var bytes = Decode(text, encoding);
        var isAsWritten = encoding is WebhookEncoding.Base64
            ? bytes is not null && text.SequenceEqual(Convert.ToBase64String(bytes))
            : !(text.ContainsAnyInRange('a', 'f') && text.ContainsAnyInRange('A', 'F'));
        return isAsWritten ? bytes : null;
    }

    /// <summary>The bytes; null if the text can't be decoded.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text, WebhookEncoding encoding)
    {
        var bytes = new byte[encoding is WebhookEncoding.Text ? System.Text.Encoding.UTF8.GetByteCount(text) : text.Length];
        var length = 0;
        var read = encoding switch
        {
            WebhookEncoding.Hex => text.Length % 2 == 0 && Convert.FromHexString(text, bytes, out _, out length) == OperationStatus.Done,

            // The BCL's decoder skips white space.
            WebhookEncoding.Base64 => !text.ContainsAny(" \t\r\n") && Convert.TryFromBase64Chars(text, bytes, out length),
            _ => System.Text.Encoding.UTF8.TryGetBytes(text, bytes, out length),
        };
        return read ? bytes[..length] : null;
    }
}
