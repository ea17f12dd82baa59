using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Microsoft.Extensions.Options;
using Sluice.Diagnostics;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>
/// The SDK's clients, created once: one that retries, for content that can be read again, and one that does not, for content that streams
/// through.
/// </summary>
internal sealed class BlobClients
{
    private static readonly TimeSpan SourceTime = TimeSpan.FromMinutes(15);

    private readonly BlobServiceClient _retrying;
    private readonly BlobServiceClient _once;
    private readonly TokenCredential? _credential;
    private readonly TimeProvider _time;

    public BlobClients(
        IOptions<BlobOptions> options, Func<TokenCredential> signIn, SluiceMetrics metrics, TimeProvider time,
        HttpPipelineTransport? transport = null)
    {
        _time = time;
        transport ??= new HttpClientTransport(new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan });
        var blob = options.Value;
        var timer = new StorageRequestTimer(metrics, time);
        var retrying = ClientOptions(transport, timer, blob.MaxRetries, blob.StallTimeout);
        var once = ClientOptions(transport, timer, 0, Timeout.InfiniteTimeSpan);
        if (DevelopmentContainers.IsMeant(blob.ConnectionString))
        {
            var makes = new BlobServiceClient(blob.ConnectionString, ClientOptions(transport, timer, blob.MaxRetries, blob.StallTimeout));
            retrying.AddPolicy(new DevelopmentContainers(makes, [.. blob.Containers]), HttpPipelinePosition.PerRetry);
        }

        if (blob.ConnectionString is { Length: > 0 } connection)
        {
            (_retrying, _once) = (new BlobServiceClient(connection, retrying), new BlobServiceClient(connection, once));
        }
        else
        {
            var credential = _credential = signIn();
            (_retrying, _once) = (
                new BlobServiceClient(blob.Endpoint, credential, retrying),
                new BlobServiceClient(blob.Endpoint, credential, once));
        }
    }

    public BlobContainerClient Container(string name) => _retrying.GetBlobContainerClient(name);

    /// <summary>For requests whose content can be read again.</summary>
    public BlockBlobClient Retrying(BlobTarget target) => Container(target.Container).GetBlockBlobClient(target.Name);

    /// <summary>For requests whose content streams through: no retry, and no time-out except the sink's own progress watch.</summary>
    public BlockBlobClient Once(BlobTarget target) => _once.GetBlobContainerClient(target.Container).GetBlockBlobClient(target.Name);

    /// <summary>
    /// The address from which storage itself can read a blob, and the authorization for it: a signature in the address, or our own token.
    /// </summary>
    public async ValueTask<(Uri Address, HttpAuthorization? Authorization)> SourceAsync(
        BlobTarget target, CancellationToken cancellationToken)
    {
        var client = Retrying(target);
        if (_credential is null)
        {
            return (client.GenerateSasUri(BlobSasPermissions.Read, _time.GetUtcNow() + SourceTime), null);
        }

        var token = await _credential.GetTokenAsync(new TokenRequestContext(["https://storage.azure.com/.default"]), cancellationToken);
        return (client.Uri, new HttpAuthorization("Bearer", token.Token));
    }

    // Resolves the account's address again every few minutes. No cookies and no decompression: bytes are passed unchanged. And no spans:
    // one for each block of each body would drown the span of the upload. Storage's own share of the time is a metric.
    private static SocketsHttpHandler Handler() => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    private static BlobClientOptions ClientOptions(
        HttpPipelineTransport transport, StorageRequestTimer timer, int maxRetries, TimeSpan networkTimeout)
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
        options.AddPolicy(new StorageErrors(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new BlockChecksum(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new BlockListReading(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new AnswerOrigin(), HttpPipelinePosition.PerRetry);
        options.AddPolicy(timer, HttpPipelinePosition.PerRetry);
        return options;
    }
}
