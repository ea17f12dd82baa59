namespace Sluice.Tests.Storage;

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
    ListBlobs,
}
