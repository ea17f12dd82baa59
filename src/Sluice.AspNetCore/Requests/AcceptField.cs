using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads <c>Accept</c> (RFC 9110, section 12.5.1).</summary>
internal static class AcceptField
{
    /// <summary>
    /// Whether a client prefers HTML to JSON. A browser that opens an address does. A client that does not care, or that names neither,
    /// does not: it gets JSON.
    /// </summary>
    public static bool PrefersHtml(IHeaderDictionary headers) =>
        !StringValues.IsNullOrEmpty(headers.Accept)
        // What is no media range is passed over.
        && MediaTypeHeaderValue.TryParseList(headers.Accept, out var ranges)
        && IsOfPerson(ranges)
        && QualityOf("text", "html", ranges)
            > Math.Max(QualityOf("application", "problem+json", ranges), QualityOf("application", "json", ranges));

    // Java's own client (HttpURLConnection) names text/html first if its program names nothing, and images beside it. A browser that opens
    // an address names XHTML too, and a person who types the field names nothing but text.
    private static bool IsOfPerson(IList<MediaTypeHeaderValue> ranges) => ranges.All(
        static range => range.Type == "*" || range.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
            || range.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
        || ranges.Any(static range => range.MediaType.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));

    // The most specific range that matches decides, whatever its place. Parameters other than q don't count: there is one kind of each.
    private static double QualityOf(string type, string subtype, IEnumerable<MediaTypeHeaderValue> ranges) => ranges
        .Where(range => Matches(range.Type, type) && Matches(range.SubType, subtype))
        .Select(static range => (
            Specificity: range.Type == "*" ? 0 : range.SubType == "*" ? 1 : 2, Quality: range.Quality ?? 1))
        .DefaultIfEmpty()
        .Max()
        .Quality;

    private static bool Matches(StringSegment range, string name) =>
        range == "*" || range.Equals(name, StringComparison.OrdinalIgnoreCase);
}
