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

    /// <summary>
    /// Lets checks look at bytes after they were passed on, on another thread: the reader promises to leave the memory of each read as it is until
    /// <see cref="WhenCheckedAsync"/> says that all of them have. Where nothing is checked, or checks look at once, it changes nothing.
    /// </summary>
    public virtual void AllowLateChecks()
    {
    }

    /// <summary>Completes when the checks have looked at everything that was read until now.</summary>
    public virtual Task WhenCheckedAsync() => Task.CompletedTask;
}
