using System.Buffers;
using Sluice.Failures;

namespace Sluice.Routing;

/// <summary>Decides where a body goes, from its first bytes.</summary>
internal interface IRouter
{
    /// <summary>The name of the body in logs until its destination is known.</summary>
    string Label { get; }

    /// <summary>Returns where the body goes, or why it is refused.</summary>
    /// <param name="head">The first bytes; not used after the call.</param>
    /// <param name="complete">Whether they are the whole body.</param>
    Result<RouteDecision> Decide(ReadOnlySequence<byte> head, bool complete);
}
