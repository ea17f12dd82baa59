using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Which of a run's requests to storage go wrong: so many in a row, beginning with one.</summary>
/// <param name="run">The run.</param>
/// <param name="kind">What goes wrong; null for nothing, to see what is asked for.</param>
/// <param name="at">The first, counted from 0.</param>
/// <param name="times">How many.</param>
/// <param name="random">Decides the rest of it.</param>
internal sealed class FaultPlan(Run run, StorageFaultKind? kind, int at, int times, Random random)
{
    private readonly Lock _gate = new();

    /// <summary>How many requests came to storage.</summary>
    public int Requests { get; private set; }

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
            var index = Requests++;

            // The first request that goes wrong decides which: others of it are repetitions, or its like.
            if (kind is not { } fault || index < at || Injected == times || (Operation is { } chosen && chosen != operation))
                return null;
            if (Injected++ == 0)
                (Operation, AnswersBefore) = (operation, run.Said.Count);
            return fault.Of(operation, random, run.Late);
        }
    }

    public override string ToString() => $"{kind} x {Injected} of {times} at {Operation}, request {at} of {Requests}";
}
