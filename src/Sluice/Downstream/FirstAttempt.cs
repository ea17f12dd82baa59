namespace Sluice.Downstream;

/// <summary>The attempt to relay a body while its client waits. If it fails, the service gets the body later.</summary>
internal sealed class FirstAttempt
{
    private readonly TaskCompletionSource<bool> _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the service has the body, once that is known.</summary>
    public Task<bool> Succeeded => _succeeded.Task;

    /// <summary>It has ended. Only the first call counts.</summary>
    /// <param name="succeeded">Whether the service has the body.</param>
    public void End(bool succeeded) => _succeeded.TrySetResult(succeeded);
}
