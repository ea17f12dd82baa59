using System.Buffers;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;
using Sluice.MediaTypes;
using Sluice.Peek;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>
/// What passes a policy is what a browser sees, and what it might run is saved and not shown.
/// The type is before the first line end, the bytes behind it.
/// </summary>
internal static class Browsers
{
    private static readonly MediaTypePolicy _images = Policy(["image/*"], []);
    private static readonly MediaTypePolicy _inert = Policy([], ["text/html", "*/xml", "*/*+xml", "*/*script*", "multipart/*"]);

    private static readonly string[] _tokens =
    [
        "text/html", "image/png", "image/svg+xml", "application/xml", "text/javascript", "multipart/x-mixed-replace", "text/plain",
        "; charset=utf-8", ",", ";", "\"", "\\", "\n", "\r", " ", "\t", "<html>", "<script ", "<?xml ", "<svg>", "\u0089PNG\r\n\u001A\n",
        "GIF89a", "application/octet-stream", "/", "*", "\0", "+xml", "application/xhtml+xml",
    ];

    public static FuzzTarget Policies { get; } = new(
        "Media type policy", "to a browser (WHATWG Fetch and MIME Sniffing), what is accepted has a type that the policy allows")
    {
        Seeds =
        [
            "image/png\n\u0089PNG\r\n\u001A\n\0\0", "text/plain; charset=utf-8\nhello", "\n<html>", "image/svg+xml\n<svg>",
            "image/gif\n<html>", "text/plain\n<script >"
        ],
        Tokens = _tokens,
        FixedBytes = 4 << 20,
        Parse = static text => _ = _images.Check(MediaTypeField.Parse(text), "image/png"),
        Check = static text =>
        {
            var at = text.IndexOf('\n', StringComparison.Ordinal);
            var (field, bytes) = at < 0 ? (text, []) : (text[..at], FuzzTarget.Bytes(text[(at + 1)..]));
            if (!MediaTypeField.Read([field]).TryGet(out var declared, out _))
            {
                return null;
            }

            var sniffed = ContentSniffer.Sniff(new ReadOnlySequence<byte>(bytes), complete: true);
            var (seen, stored) = (BrowserSniffing.Runs(bytes), BrowserTypes.Essence(MediaTypeChoice.Stored(declared, sniffed)));
            return _images.Check(declared, sniffed) is null
                && (stored?.StartsWith("image/", StringComparison.Ordinal) != true || BrowserTypes.Runs(stored) || seen is not null)
                ? $"as an image passes what is {stored} and {seen}"
                : _inert.Check(declared, sniffed) is null && (BrowserTypes.Runs(stored) || seen is "text/html" or "text/xml")
                    ? $"as inert passes what is {stored} and {seen}"
                    : null;
        },
    };

    public static FuzzTarget Answers { get; } = new(
        "Answer with a stored blob", "whatever type and name are stored, a browser (WHATWG Fetch) runs no part of the blob")
    {
        Seeds =
        [
            "text/html\ninline; filename=\"a.html\"", "image/png\ninline", "image/png, text/html\n",
            "application/pdf\nattachment; filename*=UTF-8''%e2%82%ac", "\u00E9/x\ninline"
        ],
        Tokens = [.. _tokens, "inline", "attachment", "; filename=\"", "filename*=UTF-8''"],
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = Answer(text),
        Check = static text =>
        {
            var (type, headers) = Answer(text);
            var (essence, disposition) = (BrowserTypes.Essence(type), headers.ContentDisposition.ToString());
            return !FieldValue.IsValid(type) || !FieldValue.IsValid(disposition) ? $"it can't be sent: {type}, {disposition}"
                : essence is null || !type.StartsWith(essence, StringComparison.Ordinal) ? $"{type} is {essence} for a browser"
                : headers.XContentTypeOptions != "nosniff"
                    || !headers.ContentSecurityPolicy.ToString().StartsWith("sandbox", StringComparison.Ordinal)
                    || headers.ContentSecurityPolicy.ToString().Contains("allow-scripts", StringComparison.Ordinal)
                    ? "it is not in a sandbox"
                : BrowserTypes.Runs(essence)
                    && !(System.Net.Http.Headers.ContentDispositionHeaderValue.TryParse(disposition, out var read)
                        && read.DispositionType == "attachment")
                    ? $"{essence} is shown: {disposition}"
                    : null;
        },
    };

    private static (string Type, IHeaderDictionary Headers) Answer(string text)
    {
        var lines = text.Split('\n', 2);
        var headers = new HeaderDictionary();
        BrowserHeaders.Set(
            headers, new BlobProperties { ContentType = lines[0], ContentDisposition = lines.ElementAtOrDefault(1) }, new ReadOptions());
        return (BrowserHeaders.MediaType(lines[0]), headers);
    }

    private static MediaTypePolicy Policy(IEnumerable<string> allow, IEnumerable<string> refuse)
    {
        var options = new MediaTypePolicyOptions();
        allow.ToList().ForEach(options.Allow.Add);
        refuse.ToList().ForEach(options.Refuse.Add);
        var problems = new List<string>();
        var policy = MediaTypePolicy.Compile(options, new SettingProblems("it", null, problems));
        Assert.Empty(problems);
        return policy!;
    }
}
