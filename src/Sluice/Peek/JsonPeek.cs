using System.Buffers;
using System.Text.Json;

namespace Sluice.Peek;

/// <summary>
/// Finds one value in the first bytes of a JSON document (RFC 8259), which may be cut off anywhere. It reads from the beginning to the
/// value and no further, and keeps nothing but the value.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>What follows the value is not read: in line-delimited JSON the first line is the document.</item>
/// <item>If several members have the same name, the first counts. RFC 8259, section 4, leaves it open; the last may lie beyond the
/// window.</item>
/// <item>A byte order mark is skipped (<see cref="ByteOrderMark"/>).</item>
/// <item>Nesting deeper than 64 and strings that are not valid Unicode (a lone surrogate) are not JSON here, as in
/// <c>System.Text.Json</c>.</item>
/// </list>
/// </remarks>
internal static class JsonPeek
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>
    /// RFC 8259, section 3, and white space. Anything that begins otherwise is not JSON, and is detected without an exception.
    /// </summary>
    private static readonly SearchValues<byte> Beginnings = SearchValues.Create("{[\"-0123456789tfn \t\r\n"u8);

    /// <summary>Finds the value that a pointer points to.</summary>
    /// <param name="head">The first bytes of the document, in any segmentation.</param>
    /// <param name="complete">Whether the document ends where they end.</param>
    /// <param name="pointer">Where the value is.</param>
    public static JsonPeekResult Find(ReadOnlySequence<byte> head, bool complete, JsonPointer pointer)
    {
        head = ByteOrderMark.Skip(head);
        if (head.FirstSpan is [var first, ..] && !Beginnings.Contains(first))
        {
            return new(JsonPeekStatus.NotJson);
        }

        var reader = new Utf8JsonReader(head, isFinalBlock: complete, new JsonReaderState(Options));
        try
        {
            return Walk(ref reader, pointer);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            // The reader reports it only by exceptions. The second is for strings that are not valid Unicode, the third for a literal that
            // the body cuts off before an empty segment: https://github.com/dotnet/runtime/pull/134448
            return new(JsonPeekStatus.NotJson);
        }
    }

    private static JsonPeekResult Walk(ref Utf8JsonReader reader, JsonPointer pointer)
    {
        if (!reader.Read())
        {
            return new(JsonPeekStatus.NotSeen);
        }

        foreach (var token in pointer.Tokens)
        {
            var step = reader.TokenType switch
            {
                JsonTokenType.StartObject => ToMember(ref reader, token),
                JsonTokenType.StartArray => ToElement(ref reader, token),
                _ => JsonPeekStatus.Missing,
            };
            if (step != JsonPeekStatus.Found)
            {
                return new(step);
            }
        }

        return JsonPeekResult.At(ref reader);
    }

    private static JsonPeekStatus ToMember(ref Utf8JsonReader reader, JsonPointer.Token token)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return JsonPeekStatus.Missing;
            }

            var wanted = reader.ValueTextEquals(token.Name.Span);
            if (!reader.Read() || !(wanted || reader.TrySkip()))
            {
                return JsonPeekStatus.NotSeen;
            }

            if (wanted)
            {
                return JsonPeekStatus.Found;
            }
        }

        return JsonPeekStatus.NotSeen;
    }

    private static JsonPeekStatus ToElement(ref Utf8JsonReader reader, JsonPointer.Token token)
    {
        for (var index = 0; token.Index is not null && reader.Read(); index++)
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return JsonPeekStatus.Missing;
            }

            if (index == token.Index)
            {
                return JsonPeekStatus.Found;
            }

            if (!reader.TrySkip())
            {
                return JsonPeekStatus.NotSeen;
            }
        }

        return token.Index is null ? JsonPeekStatus.Missing : JsonPeekStatus.NotSeen;
    }
}
