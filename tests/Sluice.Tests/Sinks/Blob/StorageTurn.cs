namespace Sluice.Tests.Sinks.Blob;

/// <summary>How storage treats one request.</summary>
internal delegate Task<HttpResponseMessage> StorageTurn(StorageExchange exchange);
