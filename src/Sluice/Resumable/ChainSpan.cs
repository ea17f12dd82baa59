namespace Sluice.Resumable;

/// <summary>The bytes that one writer contributed.</summary>
/// <param name="Epoch">The writer.</param>
/// <param name="Start">Where they begin.</param>
/// <param name="End">Where they end.</param>
internal readonly record struct ChainSpan(ulong Epoch, long Start, long End)
{
    /// <summary>Whether a block belongs to the span.</summary>
    public bool Has(ChainBlock block) => block.Epoch == Epoch && block.First >= Start && block.Second <= End;
}
