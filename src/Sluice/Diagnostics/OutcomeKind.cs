using Sluice.Failures;

namespace Sluice.Diagnostics;

/// <summary>How a body ended: one word for logs, traces, metrics and the answer.</summary>
internal enum OutcomeKind
{
    /// <summary>The body is a blob, or becomes one by a later commit.</summary>
    Stored,

    /// <summary>A downstream service has answered.</summary>
    Relayed,

    /// <summary>The sender only checked whether the endpoint responds, and got an answer.</summary>
    Answered,

    /// <summary>The same bytes are already stored: nothing was stored or relayed again.</summary>
    Duplicate,

    /// <summary>None of these: a <see cref="Failure"/> tells why.</summary>
    Failed,
}
