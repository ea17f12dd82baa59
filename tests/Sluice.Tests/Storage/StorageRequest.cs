using System.Collections.Specialized;
using System.Web;

namespace Sluice.Tests.Storage;

/// <summary>One request as it arrived at storage.</summary>
internal sealed class StorageRequest
{
    private readonly NameValueCollection _query;

    private StorageRequest(StorageOperation operation, string blob, NameValueCollection query, Dictionary<string, string> headers) =>
        (Operation, Blob, _query, Headers) = (operation, blob, query, headers);

    public StorageOperation Operation { get; }

    /// <summary>Container and name, decoded.</summary>
    public string Blob { get; }

    public string? BlockId => Query("blockid");

    /// <summary>Its headers, those of the content included.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Its content, as far as it was read.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Whether it asks for that list of blocks: the committed or the uncommitted ones, or all.</summary>
    public bool Lists(string type) => Query("blocklisttype") == type || Query("blocklisttype") == "all";

    /// <summary>A parameter of its query; null where it has none.</summary>
    public string? Query(string name) => _query[name];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Container and name in an address. The first segment names the account, as in Azurite.</summary>
    public static string BlobOf(Uri address) => Uri.UnescapeDataString(string.Concat(address.Segments.Skip(2)));

    public static StorageRequest Of(HttpRequestMessage request)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var operation = (request.Method.Method, query["comp"]) switch
        {
            ("PUT", null) => StorageOperation.PutBlob,
            ("PUT", "block") => request.Headers.Contains("x-ms-copy-source") ? StorageOperation.PutBlockFromUrl : StorageOperation.PutBlock,
            ("PUT", "blocklist") => StorageOperation.PutBlockList,
            ("HEAD", null) => StorageOperation.GetProperties,
            ("GET", null) => StorageOperation.GetBlob,
            ("GET", "blocklist") => StorageOperation.GetBlockList,
            ("DELETE", null) => StorageOperation.DeleteBlob,
            ("GET", "list") => StorageOperation.ListBlobs,
            _ => throw new NotSupportedException($"{request.Method} {request.RequestUri}"),
        };

        var content = request.Content?.Headers.AsEnumerable() ?? [];
        return new StorageRequest(
            operation, BlobOf(request.RequestUri), query, request.Headers.Concat(content).ToDictionary(
                header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
    }
}
