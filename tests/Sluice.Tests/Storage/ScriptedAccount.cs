using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Xml.Linq;

namespace Sluice.Tests.Storage;

/// <summary>What a storage account keeps, and the rules it keeps it by: as many of Azure's as an upload can notice.</summary>
internal sealed class ScriptedAccount
{
    private const string Prefix = "x-ms-blob-";

    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Dictionary<string, byte[]>> _staged = [];
    private readonly Dictionary<string, IReadOnlyList<KeyValuePair<string, byte[]>>> _committed = [];
    private readonly Dictionary<string, ScriptedBlob> _blobs = [];
    private int _commits;

    public IReadOnlyDictionary<string, ScriptedBlob> Blobs => _blobs;

    /// <summary>Whether blocks are listed by their ids, as Azure does, or as they came, as Azurite does.</summary>
    public bool SortsBlocks { get; set; }

    /// <summary>The uncommitted blocks of a name, by id, in the order in which they are listed.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Staged(string name)
    {
        var staged = _staged.GetValueOrDefault(name) ?? [];
        return SortsBlocks
            ? [.. staged.OrderBy(static block => Convert.ToHexString(Convert.FromBase64String(block.Key)), StringComparer.Ordinal)]
            : [.. staged];
    }

    public HttpResponseMessage CarryOut(StorageRequest request)
    {
        if (request.Operation is StorageOperation.GetProperties or StorageOperation.GetBlob)
        {
            return _blobs.TryGetValue(request.Blob, out var blob)
                ? StorageAnswer.Properties(blob, request.Operation == StorageOperation.GetBlob)
                : StorageAnswer.Error(404, "BlobNotFound");
        }

        if (request.Operation == StorageOperation.GetBlockList)
        {
            return _blobs.ContainsKey(request.Blob) || _staged.ContainsKey(request.Blob)
                ? StorageAnswer.BlockList(
                    request.Lists("committed") ? Committed(request.Blob) : null, request.Lists("uncommitted") ? Staged(request.Blob) : null)
                : StorageAnswer.Error(404, "BlobNotFound");
        }

        if (request.Operation == StorageOperation.DeleteBlob)
        {
            return Delete(request);
        }

        if (request.Operation == StorageOperation.PutBlockFromUrl)
        {
            return Copy(request);
        }

        if (request.Header("Content-Length") is { } length && long.Parse(length, CultureInfo.InvariantCulture) != request.Content.Length)
        {
            return StorageAnswer.Error(400, "IncompleteBody");
        }

        if (request.Header("x-ms-content-crc64") is { } checksum && checksum != Crc64Of(request.Content))
        {
            return StorageAnswer.Error(400, "Crc64Mismatch");
        }

        return request.Operation switch
        {
            StorageOperation.PutBlock => Stage(request),
            StorageOperation.PutBlockList => Commit(request, Listed(request)),
            _ => Commit(request, []),
        };
    }

    /// <summary>Puts a blob there as if another writer had.</summary>
    public ScriptedBlob Put(string name, byte[] content, params (string Name, string Value)[] properties)
    {
        _committed.Remove(name);
        return _blobs[name] = new(
            content,
            $"\"0x{++_commits:X8}\"",
            Epoch.AddSeconds(_commits),
            properties.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>CRC-64/NVME, little endian, in base64.</summary>
    public static string Crc64Of(ReadOnlySpan<byte> content)
    {
        var crc = new Crc64(Crc64ParameterSet.Nvme);
        crc.Append(content);
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, crc.GetCurrentHashAsUInt64());
        return Convert.ToBase64String(bytes);
    }

    private HttpResponseMessage Delete(StorageRequest request)
    {
        if (!_blobs.TryGetValue(request.Blob, out var blob))
        {
            return StorageAnswer.Error(404, "BlobNotFound");
        }

        if (request.Header("If-Match") is { } match && match != blob.ETag)
        {
            return StorageAnswer.Error(412, "ConditionNotMet");
        }

        _blobs.Remove(request.Blob);
        return StorageAnswer.Deleted();
    }

    // The bytes come from another blob of the account, if that is still the one that was asked for.
    private HttpResponseMessage Copy(StorageRequest request)
    {
        if (!_blobs.TryGetValue(StorageRequest.BlobOf(new Uri(request.Header("x-ms-copy-source")!)), out var source))
        {
            return StorageAnswer.Error(404, "CannotVerifyCopySource");
        }

        if (request.Header("x-ms-source-if-match") is { } match && match != source.ETag)
        {
            return StorageAnswer.Error(412, "SourceConditionNotMet");
        }

        var range = System.Net.Http.Headers.RangeHeaderValue.Parse(request.Header("x-ms-source-range")!).Ranges.Single();
        request.Content = source.Content[(int)range.From!..((int)range.To! + 1)];
        return Stage(request);
    }

    private HttpResponseMessage Stage(StorageRequest request)
    {
        if (!_staged.TryGetValue(request.Blob, out var blocks))
        {
            _staged[request.Blob] = blocks = [];
        }

        if (request.Content.Length == 0 || blocks.Keys.Any(id => id.Length != request.BlockId!.Length))
        {
            return StorageAnswer.Error(400, request.Content.Length == 0 ? "InvalidHeaderValue" : "InvalidBlobOrBlock");
        }

        blocks[request.BlockId!] = request.Content;
        return StorageAnswer.Staged(Crc64Of(request.Content));
    }

    // In the list as it was committed. A blob that was put at once has none.
    private IReadOnlyList<KeyValuePair<string, byte[]>> Committed(string name) => _committed.GetValueOrDefault(name) ?? [];

    // The SDK lists blocks as <Latest>: uncommitted ones first, then those of the blob that is there
    // (https://learn.microsoft.com/rest/api/storageservices/put-block-list).
    private List<KeyValuePair<string, byte[]>>? Listed(StorageRequest request)
    {
        var known = Committed(request.Blob).DistinctBy(static block => block.Key).ToDictionary();
        foreach (var (id, bytes) in _staged.GetValueOrDefault(request.Blob) ?? [])
        {
            known[id] = bytes;
        }

        using var list = new MemoryStream(request.Content);
        var ids = XDocument.Load(list).Root!.Elements().Select(static element => element.Value).ToList();
        return ids.All(known.ContainsKey) ? [.. ids.Select(id => KeyValuePair.Create(id, known[id]))] : null;
    }

    private HttpResponseMessage Commit(StorageRequest request, List<KeyValuePair<string, byte[]>>? blocks)
    {
        var current = _blobs.GetValueOrDefault(request.Blob);
        if (request.Header("If-Match") is { } match && (current is null || (match != "*" && match != current.ETag)))
        {
            return StorageAnswer.Error(412, "ConditionNotMet");
        }

        if (request.Header("If-Unmodified-Since") is { } since
            && current?.LastModified > DateTimeOffset.Parse(since, CultureInfo.InvariantCulture))
        {
            return StorageAnswer.Error(412, "ConditionNotMet");
        }

        if (request.Header("If-None-Match") is { } none && current is not null && (none == "*" || none == current.ETag))
        {
            return none == "*" ? StorageAnswer.Error(409, "BlobAlreadyExists") : StorageAnswer.Error(412, "ConditionNotMet");
        }

        if (blocks is null)
        {
            return StorageAnswer.Error(400, "InvalidBlockList");
        }

        _staged.Remove(request.Blob);
        var properties = request.Headers.Where(header => header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key[Prefix.Length..], header.Value));
        var metadata = request.Headers.Where(header => header.Key.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key, header.Value));
        var content = request.Operation == StorageOperation.PutBlockList
            ? blocks.SelectMany(static block => block.Value).ToArray()
            : request.Content;
        var blob = Put(request.Blob, content, [.. properties, .. metadata]);
        _committed[request.Blob] = blocks;
        return StorageAnswer.Created(blob);
    }
}
