using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>
/// A body whose commit waits for something else: all of it is in storage, and none of it in memory. It must be committed, or abandoned with
/// a reason, which is logged; anything else is a bug.
/// </summary>
internal sealed class DeferredUpload(UploadContext run, StagedUpload staged) : IAsyncDisposable
{
    private bool _ended;

    /// <summary>Makes the body visible.</summary>
    public async ValueTask<Result<Receipt>> CommitAsync()
    {
        var committed = await staged.CommitAsync();
        End(committed.Failure);
        return committed;
    }

    /// <summary>Abandons the body and logs why it does not become visible.</summary>
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
