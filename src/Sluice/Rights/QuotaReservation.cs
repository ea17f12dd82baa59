using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Rights;

/// <summary>What was counted before a body.</summary>
internal sealed class QuotaReservation
{
    private readonly IReadOnlyList<(Quotas Quotas, BlobTarget Counter, long Bytes)> _counted;
    private readonly Failure? _exceeded;

    private QuotaReservation(
        IReadOnlyList<(Quotas Quotas, BlobTarget Counter, long Bytes)> counted, long? maxBytes, Failure? exceeded) =>
        (_counted, MaxBytes, _exceeded) = (counted, maxBytes, exceeded);

    /// <summary>Nothing was counted, and nothing will be.</summary>
    public static QuotaReservation None { get; } = new([], null, null);

    /// <summary>The largest body, if its length is not known: what is left of the day; else null.</summary>
    public long? MaxBytes { get; }

    /// <summary>The same, with one more count.</summary>
    /// <param name="quotas">What counts.</param>
    /// <param name="counter">The count.</param>
    /// <param name="bytes">What was added to it.</param>
    /// <param name="left">What is left, if nothing was added.</param>
    /// <param name="exceeded">The failure of a body that is longer than what is left.</param>
    public QuotaReservation And(Quotas quotas, BlobTarget counter, long bytes, long? left, Failure exceeded) =>
        left is null || MaxBytes < left
            ? new([.. _counted, (quotas, counter, bytes)], MaxBytes, _exceeded)
            : new([.. _counted, (quotas, counter, bytes)], left, exceeded);

    /// <summary>The failure of a body that was cut because it is longer than what is left of the day; any other one as it is.</summary>
    public Failure Blame(Failure failure) =>
        failure.Kind == FailureKind.BodyTooLarge && _exceeded is not null && failure.LimitBytes == MaxBytes
            ? _exceeded with { Phase = failure.Phase }
            : failure;

    /// <summary>Replaces what was counted by what arrived. Never throws.</summary>
    public async ValueTask SettleAsync(long bytes)
    {
        foreach (var (quotas, counter, reserved) in _counted)
        {
            await quotas.SettleAsync(counter, bytes - reserved);
        }
    }
}
