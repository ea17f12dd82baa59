using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>What can go wrong between Sluice and storage, once for each request.</summary>
internal enum StorageFaultKind
{
    Error500,
    Busy503,
    Busy503RetryAfter,
    TooMany429,
    NoAnswer,
    NoAnswerAfterWork,
    ResetBefore,
    ResetWithin,
    ResetAfter,
    AnswerLost,
    Denied403,
    NotFound404,
    Conflict409,
    Precondition412,
    InvalidBlockList400,
    Slow,
    AnswerTruncated,
    AnswerCorrupted,
    AnswerDuplicated,
    RequestCorrupted,
    CarriedOutTwice,
    CarriedOutLate,
    Impostor,
}

internal static class StorageFaultKinds
{
    public static IReadOnlyList<StorageFaultKind> All { get; } = Enum.GetValues<StorageFaultKind>();

    /// <summary>Whether storage says what is not so.</summary>
    public static bool IsLie(this StorageFaultKind kind) =>
        kind is StorageFaultKind.NotFound404 or StorageFaultKind.Conflict409 or StorageFaultKind.Precondition412
            or StorageFaultKind.InvalidBlockList400 or StorageFaultKind.AnswerCorrupted;

    /// <summary>The fault.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="operation">What was asked of storage.</param>
    /// <param name="random">Decides the rest.</param>
    /// <param name="late">Is told of a request that is carried out when nobody waits for it any more.</param>
    /// <returns>Null where the operation can't go wrong so: what it sends, or what is answered to it, has no body.</returns>
    public static StorageFault? Of(this StorageFaultKind kind, StorageOperation operation, Random random, Action<Task> late) => kind switch
    {
        StorageFaultKind.Error500 => StorageFaults.Answer(500, "OperationTimedOut"),
        StorageFaultKind.Busy503 => StorageFaults.Answer(503, "ServerBusy"),
        StorageFaultKind.Busy503RetryAfter => StorageFaults.Answer(503, "ServerBusy", 1),
        StorageFaultKind.TooMany429 => StorageFaults.AnswerUnread(429, "TooManyRequests"),
        StorageFaultKind.NoAnswer => StorageFaults.Stall,
        StorageFaultKind.NoAnswerAfterWork => StorageFaults.KeepAnswer,
        StorageFaultKind.ResetBefore => StorageFaults.CutAfter(0),
        StorageFaultKind.ResetWithin => HasBody(operation) ? StorageFaults.CutWithin(random.NextDouble()) : null,
        StorageFaultKind.ResetAfter => StorageFaults.CutWhole,
        StorageFaultKind.AnswerLost => StorageFaults.LoseAnswer,
        StorageFaultKind.Denied403 => StorageFaults.Answer(403, "AuthorizationFailure"),
        StorageFaultKind.NotFound404 => StorageFaults.Answer(404, random.Next(2) == 0 ? "BlobNotFound" : "ContainerNotFound"),
        StorageFaultKind.Conflict409 => StorageFaults.Answer(
            409, Pick(random, "BlobAlreadyExists", "SnapshotsPresent", "BlockCountExceedsLimit", "BlobImmutableDueToPolicy")),
        StorageFaultKind.Precondition412 => StorageFaults.Answer(412, Pick(random, "ConditionNotMet", "LeaseIdMissing")),
        StorageFaultKind.InvalidBlockList400 =>
            StorageFaults.Answer(400, Pick(random, "InvalidBlockList", "InvalidBlobOrBlock", "InvalidHeaderValue")),
        StorageFaultKind.Slow => StorageFaults.Slow(TimeSpan.FromMilliseconds(random.Next(10, 500))),
        StorageFaultKind.AnswerTruncated => HasAnswerBody(operation) ? StorageFaults.CutAnswerWithin(random.NextDouble()) : null,

        // Bytes of a blob that are changed on their way to a reader can't be noticed by Sluice: it is TLS that keeps them.
        StorageFaultKind.AnswerCorrupted => operation == StorageOperation.GetBlockList
            ? StorageFaults.FlipAnswerBit(random.NextDouble(), random.Next(7))
            : StorageFaults.GarbleHeader(random.NextDouble()),
        StorageFaultKind.RequestCorrupted => HasBody(operation) ? StorageFaults.FlipBitWithin(random.NextDouble()) : null,
        StorageFaultKind.AnswerDuplicated => StorageFaults.AnswerTwice,
        StorageFaultKind.CarriedOutTwice => StorageFaults.Twice,
        StorageFaultKind.CarriedOutLate => StorageFaults.Late(TimeSpan.FromMilliseconds(random.Next(50, 2_500)), late),
        _ => StorageFaults.Impostor,
    };

    private static bool HasBody(StorageOperation operation) =>
        operation is StorageOperation.PutBlock or StorageOperation.PutBlob or StorageOperation.PutBlockList;

    private static bool HasAnswerBody(StorageOperation operation) => operation is StorageOperation.GetBlob or StorageOperation.GetBlockList;

    private static string Pick(Random random, params ReadOnlySpan<string> codes) => codes[random.Next(codes.Length)];
}
