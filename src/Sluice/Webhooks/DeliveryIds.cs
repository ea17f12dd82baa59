namespace Sluice.Webhooks;

/// <summary>The rules for delivery ids.</summary>
internal static class DeliveryIds
{
    /// <summary>The longest id, in characters: those of the known senders have up to 100.</summary>
    public const int MaxCharacters = 512;

    /// <summary>Whether a header's value is a valid delivery id: one or more visible ASCII characters (RFC 9110, section 5.5).</summary>
    public static bool IsValid(string id) => id.Length is > 0 and <= MaxCharacters && id.All(static c => c is > ' ' and <= '~');

    /// <summary>Joins several ids that are unique only together into one. Different ids never give the same result.</summary>
    public static string Join(IEnumerable<string> parts)
    {
        var all = parts.ToList();
        return all.Count == 1 ? all[0] : string.Join(' ', all.Select(WithoutSpaces));
    }

    private static string WithoutSpaces(string part) =>
        part.Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);
}
