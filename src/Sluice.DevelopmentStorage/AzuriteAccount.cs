namespace Sluice.DevelopmentStorage;

/// <summary>The well-known account of every Azurite.</summary>
internal static class AzuriteAccount
{
    // The same everywhere and public:
    // https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key
    private const string Name = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>The blob service at an address such as <c>http://127.0.0.1:10000</c>.</summary>
    public static Uri BlobEndpoint(string address) => new($"{address.TrimEnd('/')}/{Name}");

    /// <summary>The connection string for a blob client: endpoint, account and key.</summary>
    public static string ConnectionString(Uri blobEndpoint) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};BlobEndpoint={blobEndpoint};";
}
