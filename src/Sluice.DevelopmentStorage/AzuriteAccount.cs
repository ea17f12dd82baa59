namespace Sluice.DevelopmentStorage;

/// <summary>The well-known account of every Azurite, and further ones on request.</summary>
internal static class AzuriteAccount
{
    // The same everywhere and public:
    // https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key
    private const string Name = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>The account's endpoint of the service at an address such as <c>http://127.0.0.1:10000</c>.</summary>
    public static Uri Endpoint(string address) => new($"{address.TrimEnd('/')}/{Name}");

    /// <summary>The connection string for a client of blobs or queues: endpoints, account and key.</summary>
    public static string ConnectionString(Uri blobEndpoint, Uri queueEndpoint) =>
        ConnectionString(Name, Key, blobEndpoint, queueEndpoint);

    /// <summary>The connection string for another account of the same Azurite.</summary>
    /// <param name="name">The name of the account.</param>
    /// <param name="key">Its key, in base64.</param>
    /// <param name="blobEndpoint">The blob endpoint of the well-known account.</param>
    /// <param name="queueEndpoint">The queue endpoint of the well-known account.</param>
    public static string ConnectionStringOf(string name, string key, Uri blobEndpoint, Uri queueEndpoint) =>
        ConnectionString(name, key, new Uri(blobEndpoint, $"/{name}"), new Uri(queueEndpoint, $"/{name}"));

    /// <summary>The value of AZURITE_ACCOUNTS: it replaces the well-known account, which therefore is in it too.</summary>
    public static string Variable(IReadOnlyDictionary<string, string> more) =>
        string.Join(';', more.Select(static account => $"{account.Key}:{account.Value}").Prepend($"{Name}:{Key}"));

    private static string ConnectionString(string name, string key, Uri blobEndpoint, Uri queueEndpoint) =>
        $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={key};BlobEndpoint={blobEndpoint};QueueEndpoint={queueEndpoint};";
}
