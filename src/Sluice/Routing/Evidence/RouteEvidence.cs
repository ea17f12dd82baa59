using System.Buffers;
using Sluice.Peek;

namespace Sluice.Routing.Evidence;

/// <summary>
/// What rules decide on: the request, and the first bytes of its body. Each value is computed once, whichever rules use it.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="head">The first bytes; valid only while the rules are evaluated.</param>
/// <param name="complete">Whether they are the whole body.</param>
internal sealed class RouteEvidence(RouteRequest request, ReadOnlySequence<byte> head, bool complete)
{
    private readonly Lazy<string?> _sniffed = new(() => ContentSniffer.Sniff(head, complete), LazyThreadSafetyMode.None);
    private readonly Dictionary<string, JsonPeekResult> _json = new(StringComparer.Ordinal);

    public RouteRequest Request => request;

    public ReadOnlySequence<byte> Head => head;

    public bool Complete => complete;

    /// <summary>The sniffed media type; null for an empty body.</summary>
    public string? Sniffed => _sniffed.Value;

    public JsonPeekResult Json(JsonPointer pointer)
    {
        if (!_json.TryGetValue(pointer.Text, out var finding))
        {
            finding = JsonPeek.Find(head, complete, pointer);
            _json.Add(pointer.Text, finding);
        }

        return finding;
    }
}
