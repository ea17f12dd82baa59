using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;
using Sluice.Diagnostics;

namespace Sluice.Sinks.Blob;

/// <summary>The SDK's clients, made once: one that retries what can be read again, one for what streams through and can't.</summary>
internal sealed class BlobClients
{
    private readonly BlobServiceClient _retrying;
    private readonly BlobServiceClient _once;

    public BlobClients(IOptions<BlobOptions> options, Func<TokenCredential> signIn, SluiceMetrics metrics, TimeProvider time, HttpPipelineTransport? transport = null)
    {
        transport ??= new HttpClientTransport(new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan });
        var blob = options.Value;
        var timer = new StorageRequestTimer(metrics, time);
        var retrying = ClientOptions(transport, timer, blob.MaxRetries, blob.StallTimeout);
        var once = ClientOptions(transport, timer, 0, Timeout.InfiniteTimeSpan);
        if (blob.ConnectionString is { Length: > 0 } connection)
        {
            (_retrying, _once) = (new BlobServiceClient(connection, retrying), new BlobServiceClient(connection, once));
        }
        else
        {
            var credential = signIn();
            (_retrying, _once) = (new BlobServiceClient(blob.Endpoint, credential, retrying), new BlobServiceClient(blob.Endpoint, credential, once));
        }
    }

    public BlobContainerClient Container(string name) => _retrying.GetBlobContainerClient(name);

    /// <summary>For requests whose content can be read again.</summary>
    public BlockBlobClient Retrying(BlobTarget target) => Container(target.Container).GetBlockBlobClient(target.Name);

    /// <summary>For requests whose content streams through: no retry, and no time-out but the sink's own watch over progress.</summary>
    public BlockBlobClient Once(BlobTarget target) => _once.GetBlobContainerClient(target.Container).GetBlockBlobClient(target.Name);

    // A fresh look-up of the account's address every few minutes; no cookies, no decompression: bytes go as they are. And no spans: one for
    // each block of each body would drown the one that tells of the upload; storage's own share of the time is a metric.
    private static SocketsHttpHandler Handler() => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    private static BlobClientOptions ClientOptions(HttpPipelineTransport transport, StorageRequestTimer timer, int maxRetries, TimeSpan networkTimeout)
    {
        var options = new BlobClientOptions { Transport = transport };
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = maxRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(400);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        options.Retry.NetworkTimeout = networkTimeout;
        options.Diagnostics.IsLoggingEnabled = false;
        options.TransferValidation.Upload.ChecksumAlgorithm = StorageChecksumAlgorithm.None;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.AddPolicy(new BlockChecksum(), HttpPipelinePosition.PerCall);
        options.AddPolicy(timer, HttpPipelinePosition.PerRetry);
        return options;
    }
}
