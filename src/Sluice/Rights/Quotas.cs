using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Rights;

/// <summary>
/// Counts the bytes of each caller and day. Every instance sees the same count: an empty blob in <c>Sluice:Blob:QuotaContainer</c> has it
/// in its metadata, and each change is written under the condition that nobody has changed it since it was read.
/// <code>
/// length known:    add it, or refuse ---> body ---> take back what did not arrive
/// length unknown:  refuse if nothing is left; at most what is left ---> body ---> add what arrived
/// </code>
/// What arrived counts, whether its upload succeeds or not: its blocks take room in storage for up to a week. If the count can't be read or
/// changed before the body, the upload is refused with the failure of storage, and can be sent again. After the body it is too late to
/// refuse: a change that fails then is logged, and a length that was added before stays added.
/// </summary>
internal sealed class Quotas(BlobClients clients, IOptions<BlobOptions> blob, TimeProvider time, ILogger<Quotas> logger)
{
    private const string Count = "bytes";
    private const string Change = "change";

    // The writers of one count are the concurrent uploads of one caller.
    private const int MaxAttempts = 30;

    private static readonly TimeSpan _settleTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Counts a body before its first byte is read.</summary>
    /// <param name="grant">The rights by which it is sent.</param>
    /// <param name="length">Its length, if it is declared.</param>
    /// <param name="cancellationToken">Fires when the client disconnects.</param>
    public async ValueTask<Result<QuotaReservation>> ReserveAsync(Grant grant, long? length, CancellationToken cancellationToken)
    {
        var reservation = QuotaReservation.None;
        foreach (var right in grant.Counted)
        {
            var (counter, limit) = (CounterOf(grant, right), right.BytesPerDay!.Value);
            if (!(await AddAsync(counter, length ?? 0, limit, cancellationToken)).TryGet(out var used, out var failure))
            {
                await reservation.SettleAsync(0);
                return failure;
            }

            reservation = reservation.And(this, counter, length ?? 0, length is null ? limit - used : null, Exceeded(limit));
        }

        return reservation;
    }

    /// <summary>Changes a count after the body. It is too late to refuse the body: a failure is logged.</summary>
    public async ValueTask SettleAsync(BlobTarget counter, long bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(_settleTimeout, time);
        if ((await AddAsync(counter, bytes, long.MaxValue, limit.Token)).Failure is { } failure)
        {
            logger.NotCounted(bytes, counter.Name, failure.Kind, failure.Detail);
        }
    }

    // Returns the new count.
    private async ValueTask<Result<long>> AddAsync(BlobTarget counter, long bytes, long limit, CancellationToken cancellationToken)
    {
        var client = clients.Retrying(counter);
        var change = Guid.NewGuid().ToString("N");
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            try
            {
                if (attempt > 0)
                {
                    await Task.Delay(_longestPause * Random.Shared.NextDouble(), time, cancellationToken);
                }

                var (used, found) = await ReadAsync(client, change, cancellationToken);
                if (found.IsDone)
                {
                    return used;
                }

                var sum = Math.Max(0, bytes > long.MaxValue - used ? long.MaxValue : used + bytes);
                if (bytes >= 0 && (sum > limit || used >= limit))
                {
                    return Exceeded(limit);
                }

                if (bytes == 0)
                {
                    return used;
                }

                await client.CommitBlockListAsync(
                    [],
                    new CommitBlockListOptions
                    {
                        Metadata = new Dictionary<string, string>
                        {
                            [Count] = sum.ToString(CultureInfo.InvariantCulture),
                            [Change] = change,
                        },
                        Conditions = found.ETag is { } tag
                            ? new BlobRequestConditions { IfMatch = tag }
                            : new BlobRequestConditions { IfNoneMatch = ETag.All },
                    },
                    cancellationToken);
                return sum;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another upload of the caller was counted in between.
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                return StorageFailure.From(e, Phase.Admit, StorageRequestKind.Write);
            }
            catch (OperationCanceledException)
            {
                return new Failure(FailureKind.ClientGone, Phase.Admit, "The client disconnected while its bytes were being counted.");
            }
        }

        return new Failure(
            FailureKind.StorageThrottled, Phase.Admit, "Too many uploads of this caller are being counted at the same time. Try later.");
    }

    // A change whose answer was lost is sent again by the SDK, and then fails its own condition.
    private static async ValueTask<(long Used, (ETag? ETag, bool IsDone) Found)> ReadAsync(
        Azure.Storage.Blobs.Specialized.BlockBlobClient client, string change, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await client.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return found.Metadata.TryGetValue(Count, out var text)
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var used)
                ? (used, (found.ETag, found.Metadata.TryGetValue(Change, out var last) && last == change))
                // Not ours, or damaged: nothing may pass because of it.
                : (long.MaxValue, (found.ETag, false));
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return (0, (null, false));
        }
    }

    private Failure Exceeded(long limit)
    {
        var now = time.GetUtcNow();
        return new Failure(
            FailureKind.QuotaExceeded, Phase.Admit,
            $"The caller may send {limit} bytes a day (UTC), and this body would exceed that.")
        {
            LimitBytes = limit,
            RetryAfter = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime,
        };
    }

    // The caller's id may be personal, and is no valid name.
    private BlobTarget CounterOf(Grant grant, Right right) => new(
        blob.Value.QuotaContainer!,
        string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd}/")
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{right.Name}\n{grant.Caller.Share}"))));
}
