using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Sluice.Sinks.Blob;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>The errors of storage, or of a gateway before it.</summary>
internal static class StorageAnswers
{
    public static FuzzTarget Error { get; } = new("Storage error", "whatever the page says, its code is a text or none")
    {
        Seeds = ["<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>BlobNotFound</Code><Message>x</Message></Error>", "<html><body>503</body></html>", "<Error><Code><![CDATA[x]]></Code></Error>"],
        Tokens = ["<Code>", "</Code>", "<!DOCTYPE a [<!ENTITY x \"y\">]>", "&x;", "&#0;", "&#xD800;", "encoding=\"utf-7\"", "encoding=\"utf-16\"", "encoding=\"ucs-4\"", "<a:Code xmlns:a=\"\">", "<?xml ", "<!--", "]]>", "\u00EF\u00BB\u00BF", "\u00FE\u00FF", "<Code/>", "xmlns=\"", "standalone=\"yes\""],
        FixedBytes = 128 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = StorageErrors.Code(new Page(FuzzTarget.Bytes(text))),
        Check = static text => StorageErrors.Code(new Page(FuzzTarget.Bytes(text))) is { } code && code.Length > text.Length ? "it is longer than the page" : null,
    };

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

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) => (values = null) is not null;

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];
    }
}
