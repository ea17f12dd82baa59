using Azure.Core;
using Azure.Core.Pipeline;

namespace Sluice.Storage;

/// <summary>
/// Believes no success that is not storage's own. A proxy in between (a captive portal, a gateway's page for maintenance) may say 200 or
/// 201 to anything, and a block or a commit would count that never reached storage. Every answer of the blob service has
/// <c>x-ms-request-id</c>
/// (https://learn.microsoft.com/rest/api/storageservices/common-rest-api-request-and-response-headers); one without it is a connection
/// that broke, which is tried again where that is possible.
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
