using Azure.Storage.Blobs.Models;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>Lists stored blobs. Blobs of which no block is committed are not visible, and are not listed either.</summary>
internal sealed class BlobListing(BlobClients clients)
{
    /// <summary>One page of a list, with one request to storage.</summary>
    public async ValueTask<Result<BlobPage>> ReadAsync(BlobQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var reading = new BlobListReading();
            using (StreamedAnswers.ReadBy(reading))
            {
                await using var pages = Pages(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
                await pages.MoveNextAsync();
            }

            return reading.Page;
        }
        catch (Exception e)
        {
            return cancellationToken.IsCancellationRequested
                ? new Failure(FailureKind.ClientGone, Phase.List, "The client closed the connection before the response was sent.")
                : StorageFailure.From(e, Phase.List, StorageRequestKind.List);
        }
    }

    // The SDK's pages ignore the token of GetAsyncEnumerator: only the one that is passed here counts.
    private IAsyncEnumerable<object> Pages(BlobQuery query, CancellationToken cancellationToken)
    {
        var container = clients.Container(query.Container);
        return query.Delimiter is null
            ? container.GetBlobsAsync(new GetBlobsOptions { Prefix = query.Prefix }, cancellationToken)
                .AsPages(query.Marker, query.Limit)
            : container
                .GetBlobsByHierarchyAsync(
                    new GetBlobsByHierarchyOptions { Prefix = query.Prefix, Delimiter = query.Delimiter }, cancellationToken)
                .AsPages(query.Marker, query.Limit);
    }
}
