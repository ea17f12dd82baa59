namespace Sluice.Tests.Sinks.Blob;

internal enum StorageOperation
{
    PutBlob,
    PutBlock,
    PutBlockFromUrl,
    PutBlockList,
    GetProperties,
    GetBlob,
    GetBlockList,
    DeleteBlob,
}
