namespace Sluice.Tests.Sinks.Blob;

internal enum StorageOperation
{
    PutBlob,
    PutBlock,
    PutBlockList,
    GetProperties,
    GetBlob,
    GetBlockList,
}
