using System.Diagnostics;
using Sluice.Failures;

namespace Sluice.Diagnostics;

/// <summary>
/// The span of one body and, inside it, the spans of its stages, one after the other.
/// <code>
/// sluice.upload
/// ├─ sluice.admit       what is known before the first read
/// ├─ sluice.peek        the first bytes, and the rules
/// ├─ sluice.transfer    body to blocks, to the service, or to both; what HttpClient sends there is inside
/// └─ sluice.seal        the one request that publishes (inside the transfer where a service has a say in it)
/// </code>
/// </summary>
internal sealed class UploadTrace : IDisposable
{
    private readonly Activity? _upload = SluiceTracing.StartUpload();
    private Activity? _stage;

    /// <summary>Whether what is set here is recorded.</summary>
    public bool IsRecorded => _upload is { IsAllDataRequested: true };

    /// <summary>Ends the current stage and begins the next one.</summary>
    public void Enter(Phase phase)
    {
        Leave();
        if (_upload is not null)
        {
            _stage = SluiceTracing.StartStage(phase);
        }
    }

    /// <summary>Ends the current stage.</summary>
    public void Leave()
    {
        if (_upload is not null)
        {
            _stage?.Dispose();
            _stage = null;

            // A stage that was entered further down the stack is current only there.
            Activity.Current = _upload;
        }
    }

    public void Set(string name, object? value) => _upload?.SetTag(name, value);

    public void FailStage(Failure failure) => _stage.Fail(failure);

    public void Fail(Failure failure)
    {
        _stage.Fail(failure);
        _upload.Fail(failure);
    }

    public void Dispose()
    {
        Leave();
        _upload?.Dispose();
    }
}
