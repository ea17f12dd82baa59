namespace Sluice.Digests;

/// <summary>
/// Which digests a client wants (<c>Want-Repr-Digest</c>, <c>Want-Content-Digest</c>; RFC 9530, section 4): 10 is wanted most, 1 least, 0
/// not at all. It is only a preference: if it can't be read or met, it changes nothing.
/// </summary>
internal sealed class DigestPreference
{
    private const int Unlisted = 0;
    private readonly Dictionary<string, long> _weights;

    private DigestPreference(Dictionary<string, long> weights) => _weights = weights;

    /// <summary>No preference.</summary>
    public static DigestPreference None { get; } = new([]);

    /// <summary>The supported algorithms with the highest weight: several, if they have the same.</summary>
    public IReadOnlyList<DigestAlgorithm> Wanted =>
        [.. Most(DigestAlgorithm.OfFields.Where(algorithm => Weight(algorithm.Name) > Unlisted), static algorithm => algorithm.Name)];

    /// <summary>Reads the lines of a field.</summary>
    public static DigestPreference Read(IReadOnlyList<string?> lines) =>
        lines.Count > 0 && StructuredDictionary.TryParse(lines, out var members)
        ? new(members.Where(static member => member.Value.Integer is >= 0 and <= 10)
            .ToDictionary(static member => member.Key, static member => member.Value.Integer!.Value))
        : None;

    /// <summary>
    /// Chooses, by name, the most wanted of the available digests. If none of the listed ones is available: all that are not refused.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> Choose(IReadOnlyDictionary<string, string> digests) =>
        Most(digests.Where(digest => Weight(digest.Key) >= Unlisted), static digest => digest.Key);

    private IEnumerable<T> Most<T>(IEnumerable<T> among, Func<T, string> name)
    {
        var all = among.ToList();
        var most = all.Count == 0 ? Unlisted : all.Max(item => Weight(name(item)));
        return all.Where(item => Weight(name(item)) == most);
    }

    // An algorithm that is not listed is wanted less than any listed one, and more than one that is refused.
    private long Weight(string algorithm) => !_weights.TryGetValue(algorithm, out var weight) ? Unlisted : weight == 0 ? -1 : weight;
}
