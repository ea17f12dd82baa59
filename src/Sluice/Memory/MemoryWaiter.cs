namespace Sluice.Memory;

/// <summary>An upload that waits in line for memory.</summary>
/// <param name="account">The upload.</param>
/// <param name="segments">How many segments it wants at once.</param>
/// <param name="orLess">Whether fewer will do.</param>
/// <param name="turn">Its place in the line: lower numbers came earlier.</param>
internal sealed class MemoryWaiter(MemoryAccount account, int segments, bool orLess, long turn)
    : TaskCompletionSource<Block?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public MemoryAccount Account => account;

    public int Segments => segments;

    public bool OrLess => orLess;

    public long Turn => turn;

    public LinkedListNode<MemoryWaiter>? Node { get; set; }
}
