using System.Globalization;
using System.Text;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>Reads the answers of HTTP/1.1 out of all bytes that a server sent on a connection.</summary>
internal static class RawReplies
{
    /// <summary>The whole final answers, in order; what is not whole is left out.</summary>
    /// <param name="received">One character a byte.</param>
    /// <param name="isHead">Whether the first answer has no body, whatever its headers say.</param>
    public static List<Reply> Parse(string received, bool isHead = false)
    {
        var replies = new List<Reply>();
        for (var at = 0; received.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) is >= 0 and var end;)
        {
            var lines = received[at..end].Split("\r\n");
            var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = lines.Skip(1)
                .Select(static line => line.Split(':', 2))
                .GroupBy(static parts => parts[0], static parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase)
                .ToDictionary(static group => group.Key, static group => string.Join(", ", group), StringComparer.OrdinalIgnoreCase);
            at = end + 4;
            if (status < 200)
                continue;
            var body = (isHead && replies.Count == 0) || status is 204 or 304 ? "" : Body(received, headers, ref at);
            if (body is null)
                break;
            replies.Add(new Reply(status, headers, Encoding.Latin1.GetBytes(body)));
        }

        return replies;
    }

    private static string? Body(string received, Dictionary<string, string> headers, ref int at)
    {
        if (headers.TryGetValue("Content-Length", out var value))
        {
            var length = int.Parse(value, CultureInfo.InvariantCulture);
            if (received.Length - at < length)
                return null;
            at += length;
            return received.Substring(at - length, length);
        }

        if (!headers.ContainsKey("Transfer-Encoding"))
            return "";
        var body = new StringBuilder();
        while (received.IndexOf("\r\n", at, StringComparison.Ordinal) is >= 0 and var end)
        {
            var size = int.Parse(received.AsSpan(at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (received.Length < end + 4 + size)
                return null;
            body.Append(received, end + 2, size);
            at = end + 4 + size;
            if (size == 0)
                return body.ToString();
        }

        return null;
    }
}
