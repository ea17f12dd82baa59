using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>Which storage account bodies go to, and how they are cut into blocks.</summary>
public sealed class BlobOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Blob";

    /// <summary>
    /// The blob service, for instance <c>https://myaccount.blob.core.windows.net</c>. Signed in to by <c>DefaultAzureCredential</c>:
    /// managed identity in Azure (a user-assigned one through <c>AZURE_CLIENT_ID</c>), the Azure CLI on a desk. No default.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// A connection string, instead of <see cref="Endpoint"/>; both together are an error. <c>UseDevelopmentStorage=true</c> means Azurite. No default.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The containers that may be written and read. At least one. Sluice never creates any but the development one.</summary>
    public IList<string> Containers { get; } = [];

    /// <summary>Which media types <c>/api/blobs</c> takes. The default is null: all. Rules have policies of their own.</summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }

    /// <summary>
    /// The size of a block, in bytes; a whole number of 64 KiB. The default is 1 MiB: above the 256 KiB that high-throughput block blobs
    /// ask for, and small enough that an upload needs little memory. It grows by itself where 50,000 blocks would not be enough.
    /// </summary>
    [Range(64 * 1024, 100 << 20)]
    public int BlockBytes { get; set; } = 1 << 20;

    /// <summary>
    /// How many blocks of one upload may be on their way to storage at once. The default is 4. All but the first are taken only while
    /// memory is free.
    /// </summary>
    [Range(1, 64)]
    public int BlocksInFlight { get; set; } = 4;

    /// <summary>The most blocks a blob is made of. The default is 50,000, the limit of Put Block List.</summary>
    [Range(1, 50_000)]
    public int MaxBlocks { get; set; } = 50_000;

    /// <summary>How often a request to storage is retried, by the SDK, with exponential back-off. The default is 4.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 4;

    /// <summary>
    /// How long storage may make no progress on one attempt before the attempt is given up. The default is 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:30:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
