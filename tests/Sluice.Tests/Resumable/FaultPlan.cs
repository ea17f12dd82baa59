using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>An upload, how its client sends it, and when storage fails.</summary>
/// <param name="Dialect">Its protocol.</param>
/// <param name="Pieces">What the requests bring, in bytes; the last one completes it.</param>
/// <param name="Fault">What happens.</param>
/// <param name="At">To which request to storage, by its number.</param>
internal sealed record FaultPlan(UploadDialect Dialect, int[] Pieces, StorageFault Fault, int At)
{
    /// <summary>To how many requests from then on.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The first piece comes with the request that creates the upload.</summary>
    public bool WithCreation { get; init; }

    /// <summary>The SHA-256 of all of it is declared.</summary>
    public bool HasDigest { get; init; }

    /// <summary>Each request declares a checksum of its own.</summary>
    public bool HasChecksums { get; init; }

    /// <summary>The length of the whole is told by the last request, and not by the first.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>Requests don't say how long they are.</summary>
    public bool IsChunked { get; init; }

    /// <summary>It may replace a blob of its name.</summary>
    public bool Overwrites { get; init; }

    /// <summary>Any of them.</summary>
    public static FaultPlan Of(int seed)
    {
        var random = new Random(seed);
        bool Maybe() => random.Next(2) == 0;
        int[] pieces = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4) switch
        {
            0 => random.Next(0, 3) * Rig.BlockBytes,
            _ => random.Next(0, 4 * Rig.BlockBytes),
        })];
        return new FaultPlan(
            (UploadDialect)random.Next(Enum.GetValues<UploadDialect>().Length), pieces, StorageFault.All[random.Next(StorageFault.All.Count)],
            random.Next(0, 12 * (pieces.Length + 1)))
        {
            Times = Maybe() ? 1 : random.Next(1, 12),
            WithCreation = Maybe(),
            HasDigest = Maybe(),
            HasChecksums = random.Next(4) == 0,
            IsDeferred = Maybe(),
            IsChunked = Maybe(),
            Overwrites = Maybe(),
        };
    }

    public override string ToString() =>
        $"{Dialect}, {string.Join(" + ", Pieces)} bytes{(WithCreation ? ", the first with the creation" : "")}"
        + $"{(HasDigest ? ", digest" : "")}{(HasChecksums ? ", checksums" : "")}{(IsDeferred ? ", deferred length" : "")}"
        + $"{(IsChunked ? ", chunked" : "")}{(Overwrites ? ", overwrites" : "")}; storage {Fault} at its request {At}, {Times} times";
}
