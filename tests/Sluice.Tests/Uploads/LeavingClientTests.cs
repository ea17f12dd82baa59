using Sluice.Settings;
using Sluice.Tests.Body;
using Sluice.Tests.Downstream;
using Sluice.Tests.Storage;
using Sluice.Tests.Webhooks;

namespace Sluice.Tests.Uploads;

/// <summary>
/// Clients that close after their last byte. What was stored for the service's sake reaches it, whether or not somebody waits for the
/// answer.
/// </summary>
public sealed class LeavingClientTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData(20)]
    [InlineData(5 * Rig.BlockBytes)]
    public async Task A_client_that_leaves_while_the_blob_is_committed_takes_nothing_from_the_service(int length)
    {
        var content = ScriptedBody.Content(length);
        _rig.Storage.OnEvery(StorageOperation.PutBlob, LeaveAsync).OnEvery(StorageOperation.PutBlockList, LeaveAsync);
        var service = new ScriptedDownstream();

        var taken = (await new Hook(_rig, TeeCommit.BlobFirst).TakeAsync("7", content, service)).Value();

        Assert.Equal(200, taken.Receipt!.Downstream!.Status);
        Assert.True(service.SawWhole);
        Assert.Equal(content, service.Received.ToArray());
    }

    // Of what the service was slow to take, nothing gets lost: not even the last bytes, behind which the end comes.
    [Fact]
    public async Task A_client_that_leaves_while_the_service_is_slow_leaves_a_whole_request_or_an_aborted_one()
    {
        var content = ScriptedBody.Content(5 * Rig.BlockBytes);
        foreach (var at in (long[])[0, 60_000, 200_000, content.Length - 70_000, content.Length - 10_000])
        {
            var rig = new Rig();
            var service = new ScriptedDownstream
            {
                BeforeRead = received =>
                {
                    if (received >= at)
                        rig.Client.Cancel();
                    return Task.CompletedTask;
                },
            };

            var taken = await new Hook(rig, TeeCommit.BlobFirst).TakeAsync("7", content, service);

            Assert.Equal(taken.Failure is null, service.SawWhole);
            Assert.Equal(taken.Failure is null, rig.Storage.Blobs.ContainsKey("inbox/it/7"));
            if (service.SawWhole)
                Assert.Equal(content, service.Received.ToArray());
        }
    }

    private Task<HttpResponseMessage> LeaveAsync(StorageExchange exchange)
    {
        _rig.Client.Cancel();
        return Turn.Normal(exchange);
    }
}
