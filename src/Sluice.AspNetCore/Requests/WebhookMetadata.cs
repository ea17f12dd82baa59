using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Requests;

/// <summary>The headers of a delivery that are kept as metadata of its blob: who sent what, but no credentials.</summary>
internal static class WebhookMetadata
{
    // Half of the 8 KB that Azure accepts is reserved for Sluice's own metadata and for metadata added later.
    private const int MaxBytes = 4096;

    private static readonly string[] _prefixes = ["webhook-", "svix-", "x-github-", "x-shopify-", "ce-"];

    private static readonly string[] _left = ["signature", "hmac", "token"];

    /// <summary>
    /// <c>X-GitHub-Event: push</c> becomes <c>x_github_event</c>. Left out: signatures, values that are not printable ASCII, which Azure
    /// does not accept, and whatever exceeds 4 KiB.
    /// </summary>
    public static Dictionary<string, string> Of(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var bytes = 0;
        foreach (var (header, values) in headers.OrderBy(static header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            var (name, value) = (header.ToLowerInvariant().Replace('-', '_'), values.ToString());
            if (IsKept(header) && name.All(static c => c == '_' || char.IsAsciiLetterOrDigit(c)) && value.Length > 0
                && value.All(static c => c is >= ' ' and <= '~') && bytes + name.Length + value.Length <= MaxBytes)
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
