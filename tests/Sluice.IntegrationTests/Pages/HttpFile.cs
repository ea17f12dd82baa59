using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/sluice.http, in the notation of the REST Client.</summary>
internal static partial class HttpFile
{
    private const string NamePrefix = "# @name ";

    private static readonly string _text = Repository.Read("docs/sluice.http");

    /// <summary>The settings that its first comment tells people to make.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = Setting().Matches(_text)
        .ToDictionary(
            static setting => setting.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal),
            static setting => setting.Groups["value"].Value);

    public static IReadOnlyList<HttpFileRequest> Requests { get; } = [.. _text.Split("\n### ").Skip(1).Select(Parse)];

    private static HttpFileRequest Parse(string text)
    {
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = blank < 0 ? (text, "") : (text[..blank], text[(blank + 2)..].Trim('\n'));
        var lines = head.Trim('\n').Split('\n').ToList();
        var named = lines.FindIndex(static line => line.StartsWith(NamePrefix, StringComparison.Ordinal));
        var name = named < 0 ? null : lines[named][NamePrefix.Length..];
        lines.RemoveAll(static line => line.StartsWith(NamePrefix, StringComparison.Ordinal));
        if (lines is not [var title, var comment, var line, .. var headers])
            throw new FormatException($"No title, comment and request: {text}");

        var status = Status().Match(comment);
        var request = RequestLine().Match(line);
        Assert.True(status.Success, $"'{title}' does not say which status it answers: {comment}");
        Assert.True(request.Success, $"'{title}' has no request: {line}");
        // As the REST Client does: the lines of a form end in CRLF (RFC 2046, section 4.1.1).
        body = headers.Any(static header => header.StartsWith("Content-Type: multipart/", StringComparison.Ordinal))
            ? body.ReplaceLineEndings("\r\n")
            : body;
        return new HttpFileRequest(
            title,
            int.Parse(status.Groups["status"].Value, CultureInfo.InvariantCulture),
            request.Groups["verb"].Value,
            name,
            request.Groups["path"].Value,
            request.Groups["of"] is { Success: true } of ? of.Value : null,
            [.. headers.Select(static header => header.Split(": ", 2)).Select(static parts => (parts[0], parts[1]))],
            body);
    }

    [GeneratedRegex(@"^#\s+(?<key>Sluice__\w+)=(?<value>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^# (?<status>\d{3}): \S")]
    private static partial Regex Status();

    // A Location is a path, or an absolute URL.
    [GeneratedRegex(
        @"^(?<verb>[A-Z]+) (\{\{host\}\}(?<path>/\S+)|(\{\{host\}\})?\{\{(?<of>\w+)\.response\.headers\.Location\}\}(?<path>/\S+)?)$")]
    private static partial Regex RequestLine();
}
