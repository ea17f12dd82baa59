using Azure.Core;
using Azure.Core.Pipeline;
using Sluice.Diagnostics;

namespace Sluice.Storage;

/// <summary>
/// Measures each attempt of each request to storage, until the head of the answer arrives. Retries hidden by the SDK are counted too.
/// </summary>
internal sealed class StorageRequestTimer(SluiceMetrics metrics, TimeProvider time) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here asks storage synchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var started = time.GetTimestamp();
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            metrics.AskedStorage(
                Operation(message.Request), message.HasResponse ? message.Response.Status : 0, time.GetElapsedTime(started));
        }
    }

    // By the method and the "comp" query parameter, as in the REST reference.
    // https://learn.microsoft.com/rest/api/storageservices/operations-on-blobs
    private static string Operation(Request request)
    {
        var query = request.Uri.Query;
        var method = request.Method;
        return Has(query, "comp=blocklist") ? method == RequestMethod.Put ? "PutBlockList" : "GetBlockList"
            : Has(query, "comp=block") ? "PutBlock"
            : Has(query, "comp=list") ? "ListBlobs"
            : Has(query, "restype=container") ? method == RequestMethod.Put ? "CreateContainer" : "GetContainerProperties"
            : method == RequestMethod.Put ? "PutBlob"
            : method == RequestMethod.Head ? "GetBlobProperties"
            : method == RequestMethod.Get ? "GetBlob"
            : method == RequestMethod.Delete ? "DeleteBlob"
            : method.Method;
    }

    private static bool Has(string query, string part) => query.Contains(part, StringComparison.Ordinal);
}
