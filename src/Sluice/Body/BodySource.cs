namespace Sluice.Body;

/// <summary>
/// A body, read forward once. Every sink reads through one of these, so that no byte reaches a destination unguarded.
/// </summary>
internal abstract class BodySource
{
    /// <summary>
    /// Reads at least one byte, or learns that none follows. With an empty destination it waits for the next byte without taking it.
    /// A failed source stays failed; it never throws for what a client or a network does.
    /// </summary>
    public abstract ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken);
}
