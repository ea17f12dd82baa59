using Sluice.Body;
using Sluice.Failures;

namespace Sluice.Downstream;

/// <summary>
/// One request to a downstream service. Disposing of it drops what was not answered yet, aborts what was not sent in full, and never
/// throws.
/// </summary>
internal interface IDownstreamRequest : IAsyncDisposable
{
    /// <summary>
    /// Sends head and body; ends with the status when the answer begins, which may be before the body's end. A body that fails reaches
    /// the service as an aborted request, never as a whole one.
    /// </summary>
    ValueTask<Result<int>> SendAsync(BodySource body, CancellationToken cancellationToken);

    /// <summary>Streams the answer that has begun to the client. Null when all of it went.</summary>
    ValueTask<Failure?> AnswerAsync();
}
