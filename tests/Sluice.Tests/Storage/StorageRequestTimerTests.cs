using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>Requests to storage are measured under the names that the REST reference gives them.</summary>
public sealed class StorageRequestTimerTests
{
    [Fact]
    public async Task Each_request_is_measured_under_the_name_of_its_operation()
    {
        var rig = new Rig();
        var operations = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == rig.Meters && instrument.Name == "sluice.storage.request.duration")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) => operations.Enqueue($"{tags.ToArray().Single(static tag => tag.Key == "sluice.operation").Value}"));
        listener.Start();
        rig.Storage.Put(Rig.Target.ToString(), [1]);
        rig.Storage.OnEvery(
            StorageOperation.ListBlobs, Turn.Say("<EnumerationResults><Blobs /><NextMarker /></EnumerationResults>"));
        var token = TestContext.Current.CancellationToken;

        await (await new BlobReader(rig.Clients).OpenAsync(Rig.Target, token)).Value().Content.DisposeAsync();
        var found = (await new BlobReader(rig.Clients).FindAsync(Rig.Target, Phase.Read, token)).Value()!;
        (await new BlobListing(rig.Clients).ReadAsync(new BlobQuery("inbox", "", null, 1, null), token)).Value();
        Assert.Null(await new BlobDeletion(rig.Clients, NullLogger<BlobDeletion>.Instance).DeleteAsync(Rig.Target, found));

        Assert.Equal(["GetBlob", "GetBlobProperties", "ListBlobs", "DeleteBlob"], operations);
    }
}
