using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>The answers of storage, or of a gateway before it.</summary>
internal static partial class StorageAnswers
{
    private static readonly string[] _headers =
    [
        "Content-Type", "Content-Encoding", "Content-Language", "Content-Disposition", "Cache-Control"
    ];

    public static FuzzTarget Error { get; } = new("Storage error", "whatever the page says, its code is a text or none")
    {
        Seeds =
        [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>BlobNotFound</Code><Message>x</Message></Error>",
            "<html><body>503</body></html>", "<Error><Code><![CDATA[x]]></Code></Error>"
        ],
        Tokens =
        [
            "<Code>", "</Code>", "<!DOCTYPE a [<!ENTITY x \"y\">]>", "&x;", "&#0;", "&#xD800;", "encoding=\"utf-7\"", "encoding=\"utf-16\"",
            "encoding=\"ucs-4\"", "<a:Code xmlns:a=\"\">", "<?xml ", "<!--", "]]>", "\u00EF\u00BB\u00BF", "\u00FE\u00FF", "<Code/>",
            "xmlns=\"", "standalone=\"yes\""
        ],
        FixedBytes = 128 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = StorageErrors.Code(new Page(FuzzTarget.Bytes(text))),
        Check = static text => StorageErrors.Code(new Page(FuzzTarget.Bytes(text))) is { } code && code.Length > text.Length
            ? "it is longer than the page"
            : null,
    };

    /// <summary>The entity tag, and a property or metadata a line.</summary>
    public static FuzzTarget Properties { get; } = new(
        "Properties of a stored blob",
        "accepted values can be sent on, according to regular expressions; the tag is read back unchanged; Sluice's own metadata is hidden")
    {
        Seeds =
        [
            "\"0x8DC\"\nContent-Type:text/plain\na:b\nsluice_sha256:AAAA\nsluice_upload:7",
            "0x8DC\nContent-Disposition:inline\nSluice_SHA512:x", "W/\"x\"", "\"\"\nCache-Control:no-store"
        ],
        Tokens =
        [
            "\"", "W/", "0x8DC", "\n", ":", "Content-Type:", "Content-Encoding:", "Content-Language:", "Content-Disposition:",
            "sluice_sha256:", "SLUICE_", "a:", "\u0000", "\u001F", "\u0080", " ", ","
        ],
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = Described(text, out _, out _),
        Check = static text =>
        {
            var isTaken = Described(text, out var tag, out var fields).TryGet(out var blob, out var failure);
            var isClean = !fields.Any(static field => Control().IsMatch(
                _headers.Contains(field.Key, StringComparer.OrdinalIgnoreCase) ? field.Value.Trim(' ', '\t') : field.Value));
            return !isTaken ? (failure!.Kind == FailureKind.StorageRejected && !(isClean && PlainTag().IsMatch(tag))
                ? null
                : $"it is refused as {failure.Kind}")
                : !isClean || !Tag().IsMatch(blob!.ETag) ? $"it has what can't be sent, or the tag {blob!.ETag}"
                : new ETag(blob.ETag).ToString("H") != blob.ETag || blob.ETag.Trim('"') != tag.Trim('"') ? $"its tag becomes {blob.ETag}"
                : blob.Properties.Metadata.Keys.Any(static name => name.StartsWith("sluice_", StringComparison.OrdinalIgnoreCase))
                    ? "our metadata is shown"
                : blob.Digests.Count == DigestAlgorithm.OfFields.Count(algorithm => fields.ContainsKey(algorithm.Metadata!))
                    ? null
                    : "it has other digests";
        },
    };

    private static Result<StoredBlob> Described(string text, out string tag, out Dictionary<string, string> fields)
    {
        var lines = text.Split('\n');
        var all = lines.Skip(1).Select(static line => line.Split(':', 2)).GroupBy(static pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                static pairs => pairs.Key, static pairs => pairs.Last().ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);
        (tag, fields) = (lines[0], all);
        var metadata = all.Where(pair => !_headers.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        return BlobReader.Describe(Phase.Read, 1, new ETag(tag), DateTimeOffset.UnixEpoch, metadata, new BlobProperties
        {
            ContentType = all.GetValueOrDefault(_headers[0]),
            ContentEncoding = all.GetValueOrDefault(_headers[1]),
            ContentLanguage = all.GetValueOrDefault(_headers[2]),
            ContentDisposition = all.GetValueOrDefault(_headers[3]),
            CacheControl = all.GetValueOrDefault(_headers[4]),
        });
    }

    [GeneratedRegex(@"[\x00-\x1F\x7F]", RegexOptions.CultureInvariant)]
    private static partial Regex Control();

    // RFC 9110, section 8.8.3, in ASCII.
    [GeneratedRegex(@"\A""[!#-~]*""\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A(?:""0x[0-9A-F]+""|0x[0-9A-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainTag();

    /// <summary>An answer without headers.</summary>
    private sealed class Page(byte[] content) : Response
    {
        public override int Status => 503;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; } = new MemoryStream(content);

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
            // Nothing is held.
        }

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => (value = null) is not null;

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) =>
            (values = null) is not null;

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];
    }
}
