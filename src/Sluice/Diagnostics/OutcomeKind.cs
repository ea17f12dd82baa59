using Sluice.Failures;

namespace Sluice.Diagnostics;

/// <summary>How a body ended: one word for logs, traces, metrics and the answer.</summary>
internal enum OutcomeKind
{
    /// <summary>It is a blob, or will be by a commit that comes later.</summary>
    Stored,

    /// <summary>A downstream service has answered.</summary>
    Relayed,

    /// <summary>Its sender only asked whether somebody is here, and got an answer.</summary>
    Answered,

    /// <summary>Its bytes are stored already: nothing was stored or passed on again.</summary>
    Duplicate,

    /// <summary>None of these: a <see cref="Failure"/> says why.</summary>
    Failed,
}
