using System.Xml;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Sluice.Storage;

/// <summary>
/// Throws for an answer with a status of 400 or more before the SDK reads it: the SDK parses the body as XML and throws whatever its reader
/// throws, and then the status is lost. A gateway in front of storage answers 503 with a page of its own. This is the outermost policy: all
/// retries have been made by then.
/// </summary>
internal sealed class StorageErrors : HttpPipelinePolicy
{
    // https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2
    private const int MaxErrorBytes = 64 * 1024;
    private const string CodeHeader = "x-ms-error-code";

    private static readonly Parser _parser = new();

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here asks storage synchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Response.Status >= 400)
        {
            throw new RequestFailedException(message.Response, null, _parser);
        }
    }

    /// <summary>The error's code: from the header, or from the XML if it can be read; null if neither has one.</summary>
    internal static string? Code(Response answer)
    {
        if (answer.Headers.TryGetValue(CodeHeader, out var code) && !string.IsNullOrEmpty(code))
        {
            return code;
        }

        if (answer.ContentStream is not { CanSeek: true, Length: > 0 and <= MaxErrorBytes } content)
        {
            return null;
        }

        try
        {
            content.Position = 0;
            using var reader = XmlReader.Create(
                content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false });
            return reader.ReadToFollowing("Code") ? reader.ReadElementContentAsString() : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private sealed class Parser : RequestFailedDetailsParser
    {
        public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
        {
            (error, data) = (new ResponseError(Code(response), null), null);
            return true;
        }
    }
}
