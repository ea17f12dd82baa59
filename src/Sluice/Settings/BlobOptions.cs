using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>Which storage account stores the bodies, and how they are split into blocks.</summary>
public sealed class BlobOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Blob";

    /// <summary>
    /// The URL of the blob service, for instance <c>https://myaccount.blob.core.windows.net</c>. Sluice authenticates with
    /// <c>DefaultAzureCredential</c>: managed identity in Azure (<c>AZURE_CLIENT_ID</c> selects a user-assigned one), the Azure CLI on a
    /// developer's machine. No default.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// A connection string, instead of <see cref="Endpoint"/>. Setting both is an error. <c>UseDevelopmentStorage=true</c> means Azurite.
    /// No default.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The containers that clients may write to and read from, in the account of <see cref="Endpoint"/> or <see cref="ConnectionString"/>.
    /// At least one is required here or in <see cref="Aliases"/>. Sluice creates only containers of development storage.
    /// </summary>
    public IList<string> Containers { get; } = [];

    /// <summary>
    /// Further containers that clients may write to and read from, each under a name of its own: <c>CONTAINER</c> for one in the default
    /// account, <c>ACCOUNT/CONTAINER</c> for one in an account of <see cref="Accounts"/>. The name must be valid as the name of a container
    /// and must not be in <see cref="Containers"/>. Clients see only this name. No default.
    /// </summary>
    public IDictionary<string, string> Aliases { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Storage accounts beside the default one, by the name that <see cref="Aliases"/> use for them. No default.</summary>
    public IDictionary<string, BlobAccountOptions> Accounts { get; } =
        new Dictionary<string, BlobAccountOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether blobs can be deleted (<c>DELETE /api/blobs/{container}/{name}</c>). The default is false: no key that was given out for
    /// uploads can delete. On Sluice.Server a caller also needs the scope <c>delete</c>; on Azure Functions, where keys have no scopes,
    /// every host key and the key of the function <c>DeleteBlob</c> can delete.
    /// </summary>
    public bool AllowDelete { get; set; }

    /// <summary>
    /// Whether blobs can be listed (<c>GET /api/blobs/{container}</c>). The default is false: a caller then reads only blobs whose names it
    /// knows. On Sluice.Server a caller also needs the scope <c>list</c>; on Azure Functions, where keys have no scopes, every host key and
    /// the key of the function <c>ListBlobs</c> can list.
    /// </summary>
    public bool AllowList { get; set; }

    /// <summary>
    /// The container, in the account of <see cref="Endpoint"/> or <see cref="ConnectionString"/>, in which Sluice counts the bytes of each
    /// caller and day (<c>Sluice:Rights:{index}:BytesPerDay</c>). No client can read or write it: it must be none of
    /// <see cref="Containers"/>, nor one that <see cref="Aliases"/> refer to. No default.
    /// </summary>
    public string? QuotaContainer { get; set; }

    /// <summary>Which media types <c>/api/blobs</c> accepts. The default is null: all. Rules have policies of their own.</summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }

    /// <summary>
    /// What storage does with the blobs of a container, by its name here: tier, index tags, deletion, immutability. Rules, webhook sources
    /// and policies may decide otherwise for a blob. The default is none.
    /// </summary>
    public IDictionary<string, BlobFeatureOptions> Features { get; } =
        new Dictionary<string, BlobFeatureOptions>(StringComparer.Ordinal);

    /// <summary>
    /// How storage encrypts the blobs of a container, by its name here: with an encryption scope, or with a key that Sluice sends. The
    /// default is none: as the account or the container says.
    /// </summary>
    public IDictionary<string, BlobEncryptionOptions> Encryption { get; } =
        new Dictionary<string, BlobEncryptionOptions>(StringComparer.Ordinal);

    /// <summary>
    /// The headers by which clients may ask for features of their blobs: <c>x-ms-access-tier</c>, <c>x-ms-tags</c>. The default is none: a
    /// request with such a header is refused with 400.
    /// </summary>
    public IList<string> FeatureHeaders { get; } = [];

    /// <summary>
    /// The size of a block, in bytes; a multiple of 64 KiB. The default is 1 MiB: above the 256 KiB that high-throughput block blobs
    /// require, and small enough that an upload needs little memory. Sluice uses larger blocks if 50,000 of this size would not be enough.
    /// </summary>
    [Range(64 * 1024, 100 << 20)]
    public int BlockBytes { get; set; } = 1 << 20;

    /// <summary>
    /// How many blocks of one upload may be in flight to storage at once. The default is 4. Blocks beyond the first are allocated only
    /// while memory is free.
    /// </summary>
    [Range(1, 64)]
    public int BlocksInFlight { get; set; } = 4;

    /// <summary>The maximum number of blocks in a blob. The default is 50,000, the limit of Put Block List.</summary>
    [Range(1, 50_000)]
    public int MaxBlocks { get; set; } = 50_000;

    /// <summary>How many times the SDK retries a request to storage, with exponential back-off. The default is 4.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 4;

    /// <summary>How long one attempt may go without progress from storage before it is abandoned. The default is 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:30:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The names that are open to clients: <see cref="Containers"/>, then <see cref="Aliases"/> in ordinal order.</summary>
    internal IReadOnlyList<string> Names => [.. Places.Select(static place => place.Name)];

    /// <summary>The first of them: the container of uploads that name none.</summary>
    internal string FirstName => Containers is [var first, ..] ? first : Aliases.Keys.Min(StringComparer.Ordinal)!;

    /// <summary>The same names, with the containers that they refer to.</summary>
    internal IEnumerable<ContainerPlace> Places =>
    [
        .. Containers.Select(static (name, index) => new ContainerPlace(name, $"{Section}:{nameof(Containers)}:{index}", name, null)),
        .. Aliases.OrderBy(static alias => alias.Key, StringComparer.Ordinal).Select(static (alias, index) =>
            ContainerPlace.OfAlias(alias.Key, $"{Section}:{nameof(Aliases)}[{index}]", alias.Value)),
    ];

    /// <summary>The same, and the container that is not open to clients.</summary>
    internal IEnumerable<ContainerPlace> AllPlaces => string.IsNullOrEmpty(QuotaContainer)
        ? Places
        : Places.Append(new ContainerPlace(QuotaContainer, $"{Section}:{nameof(QuotaContainer)}", QuotaContainer, null));

    /// <summary>Whether a name is open to clients.</summary>
    internal bool IsOpen(string name) => Containers.Contains(name) || Aliases.ContainsKey(name);

    /// <summary>The account of a container.</summary>
    internal BlobAccountOptions AccountOf(ContainerPlace place) =>
        place.Account is null ? new() { Endpoint = Endpoint, ConnectionString = ConnectionString } : Accounts[place.Account];
}
