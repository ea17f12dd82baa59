using Azure.Core;
using Azure.Core.Pipeline;

namespace Sluice.Storage;

/// <summary>
/// Gives the answers of a flow's requests to a parser of ours, as a stream, and the SDK client an empty document: the SDK holds an answer
/// twice, as bytes and as objects, and a list of blocks or of blobs is several megabytes of XML.
/// </summary>
internal sealed class StreamedAnswers : HttpPipelinePolicy
{
    private const string Key = "Sluice.StreamedAnswers";

    /// <summary>Passes the answers of this flow's requests to a parser, until disposed.</summary>
    /// <param name="parser">The parser.</param>
    public static IDisposable ReadBy(IStreamedAnswer parser) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Key] = parser });

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here asks storage synchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!message.TryGetProperty(Key, out var property) || property is not IStreamedAnswer parser)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        message.BufferResponse = false;
        await ProcessNextAsync(message, pipeline);
        if (message.Response is not { Status: 200, ContentStream: { } content } answer)
        {
            await BufferAsync(message);
            return;
        }

        await using (content)
        {
            await parser.ReadAsync(content, answer.Headers.Date ?? DateTimeOffset.MinValue, message.CancellationToken);
        }

        answer.ContentStream = parser.Substitute.ToStream();
    }

    // The reader of an error needs all of it.
    private static async ValueTask BufferAsync(HttpMessage message)
    {
        if (message.HasResponse && message.Response.ContentStream is { } content)
        {
            await using (content)
            {
                message.Response.ContentStream = (await BinaryData.FromStreamAsync(content, message.CancellationToken)).ToStream();
            }
        }
    }
}
