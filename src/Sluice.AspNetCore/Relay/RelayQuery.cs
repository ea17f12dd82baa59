using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Relay;

/// <summary>The query as it is passed on: as it came, but for our own key.</summary>
internal static class RelayQuery
{
    // Where Azure Functions and Sluice.Server take a key from, beside the header.
    private const string Key = "code";

    public static string WithoutKey(QueryString query)
    {
        if (query.Value is not { Length: > 1 } text || !text.Contains(Key, StringComparison.OrdinalIgnoreCase) && !text.Contains('%', StringComparison.Ordinal))
        {
            return query.Value is "?" ? "" : query.Value ?? "";
        }

        var kept = text[1..].Split('&').Where(static pair => !IsKey(pair)).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool IsKey(string pair) =>
        Uri.UnescapeDataString(pair.Split('=', 2)[0].Replace('+', ' ')).Trim().Equals(Key, StringComparison.OrdinalIgnoreCase);
}
