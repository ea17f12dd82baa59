using Azure.Core;
using Azure.Storage.Blobs;

namespace Sluice.Storage;

/// <summary>The SDK's clients of one container.</summary>
/// <param name="Retrying">For requests whose content can be read again.</param>
/// <param name="Once">For requests whose content streams through.</param>
/// <param name="Credential">What signs in to its account; null if a connection string does.</param>
internal sealed record ContainerClients(BlobContainerClient Retrying, BlobContainerClient Once, TokenCredential? Credential);
