namespace Sluice.Settings;

/// <summary>
/// How storage encrypts the blobs of a container, other than with the account's own key: exactly one of <see cref="Scope"/> and
/// <see cref="Key"/>.
/// </summary>
public sealed class BlobEncryptionOptions
{
    /// <summary>
    /// The name of an encryption scope of the account, with a key of its own
    /// (https://learn.microsoft.com/azure/storage/blobs/encryption-scope-overview). The scope has to exist. Blobs of another scope can be
    /// read, and not appended to. No default.
    /// </summary>
    public string? Scope { get; set; }

    /// <summary>
    /// A key that storage does not keep: 32 bytes in base64. It is sent with each request for a blob
    /// (https://learn.microsoft.com/azure/storage/blobs/encryption-customer-provided-keys), so the account must be reached by https. A blob
    /// that was stored with another key can't be read; storage keeps no way to get it back. Keep it in Key Vault. No default.
    /// </summary>
    public string? Key { get; set; }
}
