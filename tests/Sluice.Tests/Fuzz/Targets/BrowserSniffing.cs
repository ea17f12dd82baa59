using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>
/// What a browser runs, of bytes that nobody named: WHATWG MIME Sniffing, section 7.1, first table,
/// as a regular expression over the resource header.
/// </summary>
internal static partial class BrowserSniffing
{
    // Section 5.2.
    private const int HeaderBytes = 1445;

    /// <summary>The type that it runs them as; null for one that has no scripts.</summary>
    public static string? Runs(byte[] body)
    {
        var match = Scriptable().Match(Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, HeaderBytes))));
        return match.Groups["html"].Success
            ? "text/html"
            : match.Groups["xml"].Success ? "text/xml" : match.Groups["pdf"].Success ? "application/pdf" : null;
    }

    [GeneratedRegex(
        @"\A(?:[\t\n\f\r ]*(?:(?<html>(?i:<!DOCTYPE HTML|<HTML|<HEAD|<SCRIPT|<IFRAME|<H1|<DIV|<FONT|<TABLE|<A|<STYLE|<TITLE|<B|<BODY|<BR|<P|<!--)[ >])|(?<xml><\?xml))|(?<pdf>%PDF-))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Scriptable();
}
