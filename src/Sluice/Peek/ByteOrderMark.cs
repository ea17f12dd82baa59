using System.Buffers;

namespace Sluice.Peek;

/// <summary>
/// The byte order mark that some software writes before JSON in UTF-8. RFC 8259, section 8.1, forbids to write one and allows readers to
/// ignore it, and so do browsers.
/// </summary>
internal static class ByteOrderMark
{
    private static ReadOnlySpan<byte> Utf8 => [0xEF, 0xBB, 0xBF];

    /// <summary>The text after the mark; the same text if it has none. Empty if the text ends within the mark.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> text) => text[MarkBytes(text)..];

    /// <inheritdoc cref="Skip(ReadOnlySpan{byte})"/>
    public static ReadOnlySequence<byte> Skip(ReadOnlySequence<byte> text)
    {
        Span<byte> first = stackalloc byte[Utf8.Length];
        first = first[..(int)Math.Min(text.Length, first.Length)];
        text.Slice(0, first.Length).CopyTo(first);
        return text.Slice(MarkBytes(first));
    }

    private static int MarkBytes(ReadOnlySpan<byte> text)
    {
        var bytes = Math.Min(text.Length, Utf8.Length);
        return Utf8.StartsWith(text[..bytes]) ? bytes : 0;
    }
}
