namespace Sluice.Body;

/// <summary>Ends a body whose client sends nothing for too long.</summary>
internal sealed class StallGuard(BodySource inner, IdleTimer idle) : BodySource
{
    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var pending = inner.ReadAsync(destination, cancellationToken);
        if (pending.IsCompleted)
        {
            // Bytes were already available: no timer was needed.
            return Blame(await pending);
        }

        idle.Arm();
        var read = await pending;
        idle.Disarm();
        return Blame(read);
    }

    private BodyRead Blame(BodyRead read) => read.Failure is { } failure ? idle.Blame(failure) : read;
}
