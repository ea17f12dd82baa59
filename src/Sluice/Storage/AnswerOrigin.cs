using Azure.Core;
using Azure.Core.Pipeline;

namespace Sluice.Storage;

/// <summary>
/// Rejects a success that did not come from storage itself. A proxy in between (a captive portal, a gateway's maintenance page) may answer
/// 200 or 201 to anything, and a block or a commit that never reached storage would count. Every answer of the blob service has
/// <c>x-ms-request-id</c> (https://learn.microsoft.com/rest/api/storageservices/common-rest-api-request-and-response-headers). An answer
/// without it is treated as a broken connection, and the request is retried where that is possible.
/// </summary>
internal sealed class AnswerOrigin : HttpPipelinePolicy
{
    private const string RequestId = "x-ms-request-id";

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here asks storage synchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Response is { Status: < 400 } answer && !(answer.Headers.TryGetValue(RequestId, out var id) && id.Length > 0))
        {
            throw new StrangeAnswerException(answer.Status);
        }
    }
}
