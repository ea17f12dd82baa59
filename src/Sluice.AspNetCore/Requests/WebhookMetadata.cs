using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Requests;

/// <summary>What is kept of a delivery's headers as metadata of its blob: who sent what, and nothing that proves it.</summary>
internal static class WebhookMetadata
{
    // Of the 8 KB that Azure takes, half is left to Sluice's own and to whoever adds some later.
    private const int MaxBytes = 4096;

    private static readonly string[] _prefixes = ["webhook-", "svix-", "x-github-", "x-shopify-", "ce-"];

    private static readonly string[] _left = ["signature", "hmac", "token"];

    /// <summary>
    /// <c>X-GitHub-Event: push</c> becomes <c>x_github_event</c>. Left out: signatures, values that are not printable ASCII, which Azure does not
    /// take, and whatever comes after 4 KiB.
    /// </summary>
    public static Dictionary<string, string> Of(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var bytes = 0;
        foreach (var (header, values) in headers.OrderBy(static header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            var (name, value) = (header.ToLowerInvariant().Replace('-', '_'), values.ToString());
            if (IsKept(header) && name.All(static c => c == '_' || char.IsAsciiLetterOrDigit(c)) && value.Length > 0 && value.All(static c => c is >= ' ' and <= '~') && bytes + name.Length + value.Length <= MaxBytes)
            {
                kept[name] = value;
                bytes += name.Length + value.Length;
            }
        }

        return kept;
    }

    private static bool IsKept(string header) =>
        _prefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        && !_left.Any(part => header.Contains(part, StringComparison.OrdinalIgnoreCase));
}
