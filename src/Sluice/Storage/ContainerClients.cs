using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Sluice.Storage;

/// <summary>The SDK's clients of one container.</summary>
/// <param name="Retrying">For requests whose content can be read again.</param>
/// <param name="Once">For requests whose content streams through.</param>
/// <param name="Credential">What signs in to its account; null if a connection string does.</param>
/// <param name="Key">The key that its blobs are encrypted with, if storage does not keep it.</param>
internal sealed record ContainerClients(
    BlobContainerClient Retrying, BlobContainerClient Once, TokenCredential? Credential, CustomerProvidedKey? Key);
