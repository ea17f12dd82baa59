namespace Sluice.Webhooks;

/// <summary>What a delivery's name can be.</summary>
internal static class DeliveryIds
{
    /// <summary>The longest name, in characters: theirs have up to 100.</summary>
    public const int MaxCharacters = 512;

    /// <summary>Whether a header's value names a delivery: some visible ASCII characters (RFC 9110, section 5.5).</summary>
    public static bool IsValid(string id) => id.Length is > 0 and <= MaxCharacters && id.All(static c => c is > ' ' and <= '~');

    /// <summary>One name of several that are only together unique; of different ones never the same.</summary>
    public static string Join(IEnumerable<string> parts)
    {
        var all = parts.ToList();
        return all.Count == 1 ? all[0] : string.Join(' ', all.Select(WithoutSpaces));
    }

    private static string WithoutSpaces(string part) => part.Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);
}
