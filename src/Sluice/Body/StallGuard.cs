namespace Sluice.Body;

/// <summary>Ends a body whose client sends nothing for too long.</summary>
internal sealed class StallGuard(BodySource inner, IdleTimer idle) : BodySource
{
    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var read = await idle.WaitAsync(inner.ReadAsync(destination, cancellationToken));
        return read.Failure is { } failure ? idle.Blame(failure) : read;
    }
}
