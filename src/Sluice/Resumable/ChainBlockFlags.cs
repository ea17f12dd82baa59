namespace Sluice.Resumable;

/// <summary>Additional information in a block of a resumable upload.</summary>
[Flags]
internal enum ChainBlockFlags : byte
{
    None = 0,

    /// <summary>
    /// Of a <see cref="ChainBlockKind.Link"/>: the writer's bytes count only once it has closed, all of them or none
    /// (<see cref="Append.IsHeld"/>).
    /// </summary>
    Held = 1,

    /// <summary>Of a <see cref="ChainBlockKind.Link"/>: the writer only queries the state, and adds nothing.</summary>
    Fence = 2,

    /// <summary>Of a <see cref="ChainBlockKind.Close"/>: the writer is about to commit.</summary>
    Commit = 4,
}
