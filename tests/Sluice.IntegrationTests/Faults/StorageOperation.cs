using Microsoft.AspNetCore.Http;

namespace Sluice.IntegrationTests.Faults;

/// <summary>What the server asks of storage.</summary>
public enum StorageOperation
{
    PutBlock,
    PutBlockList,
    PutBlob,
    GetProperties,
    GetBlob,
    GetBlockList,
    PutBlockFromUrl,
    DeleteBlob,
    Other,
}

internal static class StorageOperations
{
    public static StorageOperation Of(HttpRequest request) => (request.Method, request.Query["comp"].ToString()) switch
    {
        ("PUT", "block") => request.Headers.ContainsKey("x-ms-copy-source") ? StorageOperation.PutBlockFromUrl : StorageOperation.PutBlock,
        ("PUT", "blocklist") => StorageOperation.PutBlockList,
        ("PUT", "") => StorageOperation.PutBlob,
        ("HEAD", "") => StorageOperation.GetProperties,
        ("GET", "") => StorageOperation.GetBlob,
        ("GET", "blocklist") => StorageOperation.GetBlockList,
        ("DELETE", "") => StorageOperation.DeleteBlob,
        _ => StorageOperation.Other,
    };
}
