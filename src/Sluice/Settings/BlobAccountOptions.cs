namespace Sluice.Settings;

/// <summary>
/// A storage account beside the default one (<c>Sluice:Blob:Accounts:{name}</c>). Containers in it are named by
/// <see cref="BlobOptions.Aliases"/>.
/// </summary>
public sealed class BlobAccountOptions
{
    /// <summary>
    /// The URL of the blob service, for instance <c>https://theiraccount.blob.core.windows.net</c>. Sluice authenticates as for the default
    /// account, unless <see cref="TenantId"/> or <see cref="ClientId"/> is set. No default.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>A connection string, instead of <see cref="Endpoint"/>. Setting both is an error. No default.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The tenant in which Sluice signs in to this account: its ID or a domain of it. Only with <see cref="Endpoint"/>. It applies to
    /// workload identities, service principals (<c>AZURE_CLIENT_SECRET</c>) and developers, not to managed identities, which belong to one
    /// tenant. No default.
    /// </summary>
    public string? TenantId { get; set; }

    /// <summary>
    /// The client ID of the user-assigned managed identity, or of the workload identity, with which Sluice signs in to this account. Only
    /// with <see cref="Endpoint"/>. The default is that of the default account: <c>AZURE_CLIENT_ID</c>.
    /// </summary>
    public string? ClientId { get; set; }
}
