using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>
/// A body whose commit waits for something else: all of it is at storage, and none of it in memory. It is committed, or abandoned for a
/// reason that is logged; the other is a bug.
/// </summary>
internal sealed class DeferredUpload(UploadContext run, StagedUpload staged) : IAsyncDisposable
{
    private bool _ended;

    /// <summary>Makes it visible.</summary>
    public async ValueTask<Result<Receipt>> CommitAsync()
    {
        var committed = await staged.CommitAsync();
        End(committed.Failure);
        return committed;
    }

    /// <summary>Says why it will not become visible.</summary>
    public void Abandon(Failure failure) => End(failure);

    public async ValueTask DisposeAsync()
    {
        await staged.DisposeAsync();
        run.Dispose();
    }

    private void End(Failure? failure)
    {
        if (!_ended)
        {
            _ended = true;
            run.End(failure);
        }
    }
}
