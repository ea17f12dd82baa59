using Microsoft.AspNetCore.Http;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>
/// A request whose head is the input: a header a line, as a server hands them over: without CR and NUL.
/// Lines of one name are several values.
/// </summary>
internal static class HttpRequests
{
    public static HttpRequest Of(string text, string method = "GET")
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        foreach (var lines in text.Replace('\r', ' ').Replace('\0', ' ').Split('\n').Select(static line => (
            Line: line, Colon: line.IndexOf(':', StringComparison.Ordinal)))
            .GroupBy(
                static line => line.Line[..Math.Max(0, line.Colon)].Trim(), static line => line.Line[(line.Colon + 1)..].Trim(' ', '\t'),
                StringComparer.OrdinalIgnoreCase))
        {
            if (lines.Key.Length > 0)
            {
                request.Headers[lines.Key] = lines.ToArray();
            }
        }

        return request;
    }
}
