namespace Sluice.Tests.Storage;

/// <summary>How storage treats one request.</summary>
internal delegate Task<HttpResponseMessage> StorageTurn(StorageExchange exchange);
