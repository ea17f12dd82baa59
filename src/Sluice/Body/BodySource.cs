namespace Sluice.Body;

/// <summary>
/// A body that can be read once, forward only. Every sink reads through one of these, and a client's body through a
/// <see cref="GuardedBody"/>, so no byte of it reaches a destination unguarded.
/// </summary>
internal abstract class BodySource
{
    /// <summary>
    /// Reads at least one byte, or reports the end of the body. With an empty destination it waits for the next byte without consuming it.
    /// A failed source stays failed. It never throws because of what a client or a network does.
    /// </summary>
    public abstract ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>
    /// Lets checks process bytes on another thread, after the bytes were passed on. The reader promises not to change the memory of any
    /// read until <see cref="WhenCheckedAsync"/> completes. Has no effect where nothing is checked, or where checks run during the read.
    /// </summary>
    public virtual void AllowLateChecks()
    {
    }

    /// <summary>Completes when the checks have processed everything read so far.</summary>
    public virtual Task WhenCheckedAsync() => Task.CompletedTask;
}
