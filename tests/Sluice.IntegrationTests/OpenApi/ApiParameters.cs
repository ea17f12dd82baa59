namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The parameters that <see cref="ApiOperations"/> share.</summary>
internal static class ApiParameters
{
    internal static readonly ApiParameter[] Features =
    [
        new("header", "x-ms-access-tier", "The access tier of the blob, where `Sluice:Blob:FeatureHeaders` lists this header: `Hot`, "
            + "`Cool`, `Cold` or `Archive`."),
        new("header", "x-ms-tags", "Index tags of the blob, where `Sluice:Blob:FeatureHeaders` lists this header: `name=value&name=value`, "
            + "encoded as a query."),
    ];

    internal static readonly ApiParameter[] Properties =
    [
        new("header", "Content-Encoding", "Stored with the blob."),
        new("header", "Content-Language", "Stored with the blob."),
        new("header", "Content-Disposition", "Stored with the blob."),
        new("header", "Cache-Control", "Stored with the blob."),
        new("header", "x-ms-meta", "Metadata to store with the blob: one header `x-ms-meta-NAME` for each name.") { Prefix = "x-ms-meta-" },
        .. Features,
        new("header", "If-Match", "Store only if the existing blob has this entity tag. `*`: only if a blob exists."),
        new("header", "If-None-Match", "Store only if the existing blob does not have this entity tag. `*`: only if no blob exists."),
        new("header", "If-Unmodified-Since", "Store only if the existing blob was not modified after this date."),
    ];

    internal static readonly ApiParameter[] Declared =
    [
        new("header", "Content-Digest", "`sha-256=:BASE64:` or `sha-512=:BASE64:` of the body as sent (RFC 9530). A body that does not "
            + "match is refused. Other algorithms are ignored."),
        new("header", "Repr-Digest", "The same as `Content-Digest`: the body is the whole representation, including its "
            + "`Content-Encoding`."),
        new("header", "Content-MD5", "The MD5 of the body in base64."),
        new("header", "x-ms-content-crc64", "The CRC-64/NVME of the body in base64, as Azure Blob Storage computes it."),
    ];

    internal static readonly ApiParameter[] Wants =
    [
        new(
            "header", "Want-Repr-Digest",
            "The digests of the blob to return, with preferences: `sha-512=10, sha-256=1` (RFC 9530, section 4)."),
        new("header", "Want-Content-Digest", "The digests of the response content to return, with preferences."),
    ];

    internal static readonly ApiParameter[] Conditions =
    [
        new("header", "Range", "One byte range, such as `bytes=0-499` or `bytes=-500`. A request for several ranges returns the whole "
            + "blob."),
        new("header", "If-Range", "An entity tag or a date. If the blob does not match, the whole blob is returned."),
        new("header", "If-Match", "Entity tags. Return the blob only if it has one of them."),
        new("header", "If-None-Match", "Entity tags. Return 304 if the blob has one of them."),
        new("header", "If-Modified-Since", "Return 304 if the blob was not modified after this date."),
        new("header", "If-Unmodified-Since", "Return the blob only if it was not modified after this date."),
    ];

    internal static readonly ApiParameter[] BlobPath =
    [
        new("path", "container", "The container, one of `Sluice:Blob:Containers` or `Sluice:Blob:Aliases`."),
        new("path", "name", "The blob's name. It may contain slashes, encoded (`%2F`) or not."),
    ];

    internal static readonly ApiParameter Source = new("path", "source", "The source, one of `Sluice:Hooks:Sources`.");
}
