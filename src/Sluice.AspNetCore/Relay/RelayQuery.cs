using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Relay;

/// <summary>The query to forward: as received, without our own key.</summary>
internal static class RelayQuery
{
    // The query parameter from which Azure Functions and Sluice.Server accept a key, as an alternative to the header.
    private const string Key = "code";

    public static string WithoutKey(QueryString query)
    {
        if (query.Value is not { Length: > 1 } text
            || !text.Contains(Key, StringComparison.OrdinalIgnoreCase) && !text.Contains('%', StringComparison.Ordinal))
        {
            return query.Value is "?" ? "" : query.Value ?? "";
        }

        var kept = text[1..].Split('&').Where(static pair => !IsKey(pair)).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool IsKey(string pair) =>
        Uri.UnescapeDataString(pair.Split('=', 2)[0].Replace('+', ' ')).Trim().Equals(Key, StringComparison.OrdinalIgnoreCase);
}
