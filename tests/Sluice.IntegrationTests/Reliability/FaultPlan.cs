using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Which of a run's requests to storage go wrong: so many of one operation in a row, beginning with one.</summary>
/// <param name="run">The run.</param>
/// <param name="kind">What goes wrong; null for nothing, to see what is asked for.</param>
/// <param name="only">Which operation; null for that of the first request.</param>
/// <param name="at">The first of it, counted from 0.</param>
/// <param name="times">How many.</param>
/// <param name="random">Decides the rest of it.</param>
internal sealed class FaultPlan(Run run, StorageFaultKind? kind, StorageOperation? only, int at, int times, Random random)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StorageOperation, int> _requests = [];

    /// <summary>How many requests of each operation came to storage.</summary>
    public IReadOnlyDictionary<StorageOperation, int> Requests => _requests;

    /// <summary>How many of them went wrong.</summary>
    public int Injected { get; private set; }

    /// <summary>What the first of them was.</summary>
    public StorageOperation? Operation { get; private set; }

    /// <summary>How many answers there had been when the first of them came.</summary>
    public int AnswersBefore { get; private set; }

    /// <summary>Called for each request of the run.</summary>
    public StorageFault? Next(StorageOperation operation)
    {
        lock (_gate)
        {
            var index = _requests.GetValueOrDefault(operation);
            _requests[operation] = index + 1;
            if (kind is not { } what || index < at || Injected == times || operation != (Operation ?? only ?? operation)
                || what.Of(operation, random, run.Late) is not { } fault)
                return null;
            if (Injected++ == 0)
                (Operation, AnswersBefore) = (operation, run.Said.Count);
            return fault;
        }
    }

    public override string ToString() =>
        $"{kind} x {Injected} of {times} at {Operation}, request {at} of {(Operation is { } met ? _requests[met] : 0)}";
}
