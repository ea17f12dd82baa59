using System.Buffers;
using Sluice.Failures;

namespace Sluice.Routing;

/// <summary>Decides where a body goes, on its first bytes.</summary>
internal interface IRouter
{
    /// <summary>What the body is called in logs until that is known.</summary>
    string Label { get; }

    /// <summary>Says where it goes, or why nowhere.</summary>
    /// <param name="head">The first bytes; not used after the call.</param>
    /// <param name="complete">They are the whole body.</param>
    Result<RouteDecision> Decide(ReadOnlySequence<byte> head, bool complete);
}
