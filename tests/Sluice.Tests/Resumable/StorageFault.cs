using Sluice.Resumable;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>What storage, or something before it, can do to one request instead of carrying it out and saying so.</summary>
/// <param name="Name">What a failed run says.</param>
/// <param name="Turn">What happens.</param>
internal sealed record StorageFault(string Name, StorageTurn Turn)
{
    // https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes, and what a proxy answers.
    private static readonly (int Status, string Code)[] _refusals =
    [
        (400, "InvalidBlockList"), (400, "InvalidBlobOrBlock"), (400, "InvalidHeaderValue"), (400, "Md5Mismatch"),
        (401, "NoAuthenticationInformation"), (403, "AuthorizationFailure"), (404, "ContainerNotFound"), (404, "BlobNotFound"),
        (408, "RequestTimeout"), (409, "BlobAlreadyExists"), (409, "BlobImmutableDueToPolicy"), (409, "BlockCountExceedsLimit"),
        (412, "ConditionNotMet"), (412, "LeaseIdMissing"), (413, "RequestBodyTooLarge"), (416, "InvalidRange"), (429, "TooManyRequests"),
        (500, "InternalError"), (500, "OperationTimedOut"), (502, "BadGateway"), (503, "ServerBusy"), (504, "GatewayTimeout"),
    ];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<StorageFault> All { get; } =
    [
        .. _refusals.Select(static refusal => new StorageFault(
            $"refuses: {refusal.Status} {refusal.Code}", Storage.Turn.Refuse(refusal.Status, refusal.Code))),
        .. _refusals.Where(static refusal => refusal.Status >= 408)
            .Select(static refusal => new StorageFault($"does it, and answers {refusal.Status} {refusal.Code}", async exchange =>
            {
                (await Storage.Turn.Normal(exchange)).Dispose();
                return StorageAnswer.Error(refusal.Status, refusal.Code);
            })),
        new("loses its answer", Storage.Turn.LoseAnswer),
        new("never gets it", Storage.Turn.Throw(Storage.Turn.Reset())),
        new("breaks off in the middle", Storage.Turn.CutAfter(30_000)),
        new("takes too long", Storage.Turn.Throw(new TaskCanceledException("Scripted.", new TimeoutException()))),
        new("says that it has bytes that it has not", ForgetAsync),
    ];

    public override string ToString() => Name;

    // Of marks it has none to forget: what they say is no promise to a client.
    private static async Task<HttpResponseMessage> ForgetAsync(StorageExchange exchange)
    {
        await exchange.ReceiveAsync();
        return Instances.Says(exchange.Request) is { Kind: ChainBlockKind.Data }
            ? StorageAnswer.Staged(ScriptedAccount.Crc64Of(exchange.Request.Content))
            : exchange.CarryOut();
    }
}
