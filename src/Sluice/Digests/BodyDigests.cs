using Sluice.Failures;

namespace Sluice.Digests;

/// <summary>
/// All digests of one body, computed in the same pass that moves it, each algorithm once: those that are stored and reported, and those
/// that were declared and have to match before anything becomes visible.
/// </summary>
internal sealed class BodyDigests : IBodyCheck
{
    private readonly (DigestAlgorithm Algorithm, RunningDigest Running)[] _running;
    private readonly IReadOnlyList<Digest> _declared;

    /// <param name="computed">The algorithms to compute.</param>
    /// <param name="declared">The digests that the sender declared. One algorithm may occur twice.</param>
    public BodyDigests(IEnumerable<DigestAlgorithm> computed, IReadOnlyList<Digest> declared)
    {
        _declared = declared;
        _running = [.. computed.Concat(declared.Select(static digest => digest.Algorithm))
            .Distinct()
            .Select(static algorithm => (algorithm, algorithm.Start()))];
    }

    /// <summary>Whether there is nothing to compute.</summary>
    public bool IsEmpty => _running.Length == 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var (_, running) in _running)
        {
            running.Append(bytes);
        }
    }

    /// <summary>The digests of the bytes that have passed. Meaningful only after the end.</summary>
    public IReadOnlyList<Digest> Values() => [.. _running.Select(static digest => new Digest(digest.Algorithm, digest.Running.Value()))];

    public Failure? Verify()
    {
        if (_declared.Count == 0)
        {
            return null;
        }

        var actual = Values().ToDictionary(static digest => digest.Algorithm);
        return _declared
            .Where(declared => !declared.Value.AsSpan().SequenceEqual(actual[declared.Algorithm].Value))
            .Select(declared => new Failure(
                FailureKind.DigestMismatch, Phase.Seal,
                $"The {declared.Algorithm} of the body does not match the declared digest. Nothing was stored or relayed.")
            {
                Digests = new DifferentDigests(declared.Algorithm.Name, declared.Base64, actual[declared.Algorithm].Base64),
            })
            .FirstOrDefault();
    }

    public void Dispose()
    {
        foreach (var (_, running) in _running)
        {
            running.Dispose();
        }
    }
}
