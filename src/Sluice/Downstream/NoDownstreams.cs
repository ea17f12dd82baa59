using Sluice.Failures;

namespace Sluice.Downstream;

/// <summary>For uploads that are only stored.</summary>
internal sealed class NoDownstreams : IDownstreams
{
    public static NoDownstreams Instance { get; } = new();

    public Failure? Check(RelayPath path) =>
        new(FailureKind.TargetUnknown, Phase.Admit, $"'{path.Target}' is not a target here (Sluice:Relay:Targets).");

    public long? MaxBytes(RelayPath path) => null;

    public RelayRequest Describe(IReadOnlyList<RelayPath> paths) =>
        throw new InvalidOperationException("A request that was refused can't be described.");

    public IDownstreamRequest Open(RelayPath path, Guid? key) =>
        throw new InvalidOperationException("A request that was refused can't be opened.");
}
