using System.Collections.Concurrent;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// What the blob service remembers of blobs, all of it but their bytes: the blocks of resumable uploads, and of what was stored its length
/// and metadata. Some clients ask for it and believe nothing else.
/// </summary>
internal sealed class BlobNotes
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, long>> _uncommitted = [];
    private readonly ConcurrentDictionary<string, (long Bytes, string[] Metadata)> _stored = [];

    /// <summary>Takes down what a request that writes has changed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="length">How long its body was.</param>
    public void Take(BlobRequest request, long length)
    {
        switch (request.Component)
        {
            case "block":
                _uncommitted.GetOrAdd(request.Path, static _ => [])[request.Parameter("blockid")] = length;
                break;
            case "blocklist":
                var bytes = _uncommitted.TryRemove(request.Path, out var blocks) ? blocks.Values.Sum() : 0;
                _stored[request.Path] = (bytes, request.Metadata);
                break;
            case "appendblock":
                _stored.AddOrUpdate(
                    request.Path, static (_, more) => (more, []), static (_, now, more) => (now.Bytes + more, now.Metadata), length);
                break;
            case "metadata":
                _stored.AddOrUpdate(
                    request.Path, static (_, lines) => (0, lines), static (_, now, lines) => (now.Bytes, lines), request.Metadata);
                break;
            case "":
                _stored[request.Path] = (length, request.Metadata);
                break;
        }
    }

    /// <summary>Forgets a blob.</summary>
    public void Forget(string path) => _stored.TryRemove(path, out _);

    /// <summary>
    /// Finds a blob. One that nobody stored is there as well if its name ends in a dash and a number, which is its length then.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="metadata">The lines of its metadata.</param>
    public bool TryFind(string path, out long bytes, out string[] metadata)
    {
        if (_stored.TryGetValue(path, out var stored))
        {
            (bytes, metadata) = stored;
            return true;
        }

        metadata = [];
        var dash = path.LastIndexOf('-');
        bytes = 0;
        return dash >= 0 && long.TryParse(path.AsSpan(dash + 1), out bytes);
    }

    /// <summary>What Get Block List answers.</summary>
    public string BlockList(string path)
    {
        var blocks = _uncommitted.TryGetValue(path, out var ids)
            ? string.Concat(ids.Select(static id => $"<Block><Name>{id.Key}</Name><Size>{id.Value}</Size></Block>"))
            : "";
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><CommittedBlocks />"
            + $"<UncommittedBlocks>{blocks}</UncommittedBlocks></BlockList>";
    }
}
