using System.Buffers;

namespace Sluice.Webhooks;

/// <summary>Reads bytes that are written as text, strictly.</summary>
internal static class SignatureCode
{
    /// <summary>The bytes; null if the text does not stand for any.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text, HookEncoding encoding)
    {
        var bytes = new byte[encoding is HookEncoding.Text ? System.Text.Encoding.UTF8.GetByteCount(text) : text.Length];
        var length = 0;
        var read = encoding switch
        {
            HookEncoding.Hex => text.Length % 2 == 0 && Convert.FromHexString(text, bytes, out _, out length) == OperationStatus.Done,

            // The BCL's reader passes over white space.
            HookEncoding.Base64 => !text.ContainsAny(" \t\r\n") && Convert.TryFromBase64Chars(text, bytes, out length),
            _ => System.Text.Encoding.UTF8.TryGetBytes(text, bytes, out length),
        };
        return read ? bytes[..length] : null;
    }
}
