namespace Sluice.Downstream;

/// <summary>A request that is relayed later, without its client: what services get beside the body.</summary>
/// <param name="To">Where it goes: each service gets it.</param>
/// <param name="Method">The client's method.</param>
/// <param name="Query">The client's query, encoded, with its question mark and without a key; or empty.</param>
/// <param name="Headers">The client's headers as they are relayed, in order. No target's own headers, which may be secrets.</param>
internal sealed record RelayRequest(
    IReadOnlyList<RelayPath> To, string Method, string Query, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>
    /// The most bytes of headers, query and paths that are kept: a message of a queue has 64 KiB, with what JSON escapes, and with the
    /// event.
    /// </summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>How many they are.</summary>
    public int CountBytes() =>
        Query.Length + To.Sum(static path => path.Path.Length) + Headers.Sum(static header => header.Key.Length + header.Value.Length);
}
