namespace Sluice.Digests;

/// <summary>
/// Parses a structured field that is a dictionary, as strictly as RFC 9651, section 4.2 requires: a single error fails the whole field.
/// Parameters are checked and skipped, as are values of types that our fields don't have.
/// </summary>
internal static class StructuredDictionary
{
    /// <summary>Parses all lines of a field, which form one value. If a key occurs twice, the last one counts (section 3.2).</summary>
    public static bool TryParse(IReadOnlyList<string?> lines, out IReadOnlyDictionary<string, StructuredItem> members)
    {
        var read = new Dictionary<string, StructuredItem>(StringComparer.Ordinal);
        members = read;
        return TryParse(new StructuredReader(string.Join(", ", lines)), read);
    }

    // Section 4.2.2.
    private static bool TryParse(StructuredReader reader, Dictionary<string, StructuredItem> members)
    {
        reader.SkipSpaces();
        while (!reader.AtEnd)
        {
            if (!reader.TryReadKey(out var key))
            {
                return false;
            }

            // Without a value it is the boolean true.
            var value = default(StructuredItem);
            if ((reader.TryTake('=') && !TryReadValue(ref reader, out value)) || !reader.TryPassParameters())
            {
                return false;
            }

            members[key] = value;
            reader.SkipOptionalWhitespace();
            if (reader.AtEnd)
            {
                return true;
            }

            if (!reader.TryTake(','))
            {
                return false;
            }

            reader.SkipOptionalWhitespace();
            if (reader.AtEnd)
            {
                return false;
            }
        }

        return true;
    }

    // Section 4.2.1.1: an item, or a list of items in brackets (section 4.2.1.2).
    private static bool TryReadValue(ref StructuredReader reader, out StructuredItem value)
    {
        if (!reader.TryTake('('))
        {
            return reader.TryReadBareItem(out value);
        }

        value = default;
        while (true)
        {
            reader.SkipSpaces();
            if (reader.TryTake(')'))
            {
                return true;
            }

            if (!reader.TryReadBareItem(out _) || !reader.TryPassParameters() || !(reader.Follows(' ') || reader.Follows(')')))
            {
                return false;
            }
        }
    }
}
