namespace Sluice.Digests;

/// <summary>Parses a structured field that is a single item (RFC 9651, section 4.2.3).</summary>
internal static class StructuredField
{
    /// <summary>The item. It has no type if the field is absent or can't be read: such fields count as not sent.</summary>
    public static StructuredItem Item(IReadOnlyList<string?> lines)
    {
        var reader = new StructuredReader(string.Join(", ", lines));
        reader.SkipSpaces();
        if (!reader.TryReadBareItem(out var item) || !reader.TryPassParameters())
        {
            return default;
        }

        reader.SkipSpaces();
        return reader.AtEnd ? item : default;
    }
}
