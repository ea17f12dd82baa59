using System.Collections.Frozen;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Microsoft.Extensions.Options;
using Sluice.Diagnostics;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>
/// The SDK's clients, created once: one that retries, for content that can be read again, and one that does not, for content that streams
/// through. The only place that knows the account and the real name of a container: everything else knows the name that clients use.
/// </summary>
internal sealed class BlobClients
{
    private static readonly TimeSpan SourceTime = TimeSpan.FromMinutes(15);

    private readonly FrozenDictionary<string, ContainerClients> _containers;
    private readonly TimeProvider _time;
    private readonly ContainerFeatures _features;

    /// <summary>Creates the clients of every container that is open.</summary>
    /// <param name="options">The containers and their accounts.</param>
    /// <param name="signIn">Returns the credential for an account without a connection string. Called once for each such account.</param>
    /// <param name="metrics">Counts the requests.</param>
    /// <param name="time">The clock.</param>
    /// <param name="transport">Sends the requests; the default is a connection pool for all accounts.</param>
    public BlobClients(
        IOptions<BlobOptions> options, Func<BlobAccountOptions, TokenCredential> signIn, SluiceMetrics metrics, TimeProvider time,
        HttpPipelineTransport? transport = null)
    {
        _time = time;
        transport ??= StorageTransport.Create();
        var blob = options.Value;
        _features = ContainerFeatures.Compile(blob, []);
        var timer = new StorageRequestTimer(metrics, time);
        var containers = new Dictionary<string, ContainerClients>(StringComparer.Ordinal);
        foreach (var places in blob.AllPlaces.GroupBy(static place => place.Account, StringComparer.OrdinalIgnoreCase))
        {
            var account = blob.AccountOf(places.First());
            var credential = string.IsNullOrWhiteSpace(account.ConnectionString) ? signIn(account) : null;
            BlobServiceClient Service(BlobClientOptions client) => credential is null
                ? new BlobServiceClient(account.ConnectionString, client)
                : new BlobServiceClient(account.Endpoint, credential, client);
            BlobClientOptions Retrying() => ClientOptions(transport, timer, blob.MaxRetries, blob.StallTimeout);
            var makes = DevelopmentContainers.IsMeant(account.ConnectionString)
                ? new DevelopmentContainers(Service(Retrying()), [.. places.Select(static place => place.Container)])
                : null;
            foreach (var alike in places.GroupBy(place => ContainerEncryption.Of(blob, place.Name)))
            {
                var (retrying, once) = (Retrying(), ClientOptions(transport, timer, 0, Timeout.InfiniteTimeSpan));
                alike.Key.Apply(retrying);
                alike.Key.Apply(once);
                if (makes is not null)
                {
                    retrying.AddPolicy(makes, HttpPipelinePosition.PerRetry);
                }

                var (retries, sends) = (Service(retrying), Service(once));
                foreach (var place in alike)
                {
                    containers[place.Name] = new ContainerClients(
                        retries.GetBlobContainerClient(place.Container), sends.GetBlobContainerClient(place.Container), credential, alike.Key.Key);
                }
            }
        }

        _containers = containers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The container that a name refers to.</summary>
    /// <param name="name">One of the names that are open to clients.</param>
    public BlobContainerClient Container(string name) => Find(name).Retrying;

    /// <summary>For requests whose content can be read again.</summary>
    public BlockBlobClient Retrying(BlobTarget target) => Find(target.Container).Retrying.GetBlockBlobClient(target.Name);

    /// <summary>For requests whose content streams through: no retry, and no time-out except the sink's own progress watch.</summary>
    public BlockBlobClient Once(BlobTarget target) => Find(target.Container).Once.GetBlockBlobClient(target.Name);

    /// <summary>The request that makes a blob visible, with the features of its container where nothing else was decided.</summary>
    /// <param name="write">The blob.</param>
    /// <param name="announcement">Announces it; null if nobody wants to know.</param>
    /// <param name="isTemporary">Whether the blob has to be deleted in a moment, and so has no features.</param>
    public BlobCommit Commit(BlobWrite write, ICommitAnnouncement? announcement = null, bool isTemporary = false)
    {
        var features = isTemporary ? BlobFeatures.None : _features.Of(write.Target.Container).Then(write.Properties.Features);
        var featured = write with { Properties = write.Properties with { Features = features } };
        return new BlobCommit(Retrying(write.Target), featured, _time, announcement);
    }

    /// <summary>The blob's address in its account. It grants no access: a signature of the connection string is not in it.</summary>
    public Uri Address(BlobTarget target) => new(Retrying(target).Uri.GetLeftPart(UriPartial.Path));

    /// <summary>
    /// The address from which storage itself can read a blob, the authorization for it, which is a signature in the address or our own
    /// token, and the key that the blob is encrypted with, if storage does not keep it. All are those of the blob's own account, whichever
    /// account reads it.
    /// </summary>
    public async ValueTask<(Uri Address, HttpAuthorization? Authorization, CustomerProvidedKey? Key)> SourceAsync(
        BlobTarget target, CancellationToken cancellationToken)
    {
        var (client, clients) = (Retrying(target), Find(target.Container));
        if (clients.Credential is not { } credential)
        {
            // Without a key, the connection string has a signature, which is in the address.
            return (
                client.CanGenerateSasUri
                    ? client.GenerateSasUri(BlobSasPermissions.Read, _time.GetUtcNow() + SourceTime)
                    : client.Uri,
                null, clients.Key);
        }

        var token = await credential.GetTokenAsync(new TokenRequestContext(["https://storage.azure.com/.default"]), cancellationToken);
        return (client.Uri, new HttpAuthorization("Bearer", token.Token), clients.Key);
    }

    /// <summary>Whether the settings name this container: those of a message that waited may have changed meanwhile.</summary>
    public bool Has(string container) => _containers.ContainsKey(container);

    // Every request was checked before (Admission.CheckTarget, UploadTickets.Find): a name that leads nowhere is a bug, and must not lead
    // to a container that happens to have this name.
    private ContainerClients Find(string name) => _containers.TryGetValue(name, out var clients)
        ? clients
        : throw new InvalidOperationException($"'{name}' is not a configured container.");

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
        options.AddPolicy(new StreamedAnswers(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new AnswerOrigin(), HttpPipelinePosition.PerRetry);
        options.AddPolicy(timer, HttpPipelinePosition.PerRetry);
        return options;
    }
}
