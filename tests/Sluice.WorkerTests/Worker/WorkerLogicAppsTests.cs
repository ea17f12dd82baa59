using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Worker;

/// <summary>Chunks of Azure Logic Apps that come through host and worker.</summary>
public sealed class WorkerLogicAppsTests(AzuriteFixture azurite)
{
    private const int Chunk = 300_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // The worker listens on an address that nobody can reach but the host.
    [Fact]
    public async Task Chunks_go_to_the_address_of_the_host_and_are_of_a_size_that_it_can_hold()
    {
        await using var worker = await HostedWorker.StartAsync(
            azurite, new Dictionary<string, string> { ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]) });
        var whole = TestBody.Of(2 * Chunk);
        using var first = new HttpRequestMessage(HttpMethod.Put, worker.PathOf("chunks"))
        {
            Headers = { { "x-ms-transfer-mode", "chunked" }, { "x-ms-content-length", $"{whole.Length}" } },
            Content = new ByteArrayContent([]),
        };
        using var begun = await worker.Client.SendAsync(first, Cancelled);
        Assert.True(
            (int)begun.StatusCode == 200,
            $"{begun}\n{await begun.Content.ReadAsStringAsync(Cancelled)}\n{string.Join('\n', worker.Host.Logs)}");
        Assert.Equal(
            (worker.Host.Address.Authority, "16777216"),
            (begun.Headers.Location!.Authority, Assert.Single(begun.Headers.GetValues("x-ms-chunk-size"))));

        for (var offset = 0; offset < whole.Length; offset += Chunk)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, begun.Headers.Location)
            {
                Content = new ByteArrayContent(whole[offset..(offset + Chunk)])
                {
                    Headers = { { "Content-Range", $"bytes {offset}-{offset + Chunk - 1}/{whole.Length}" } },
                },
            };
            using var answer = await worker.Client.SendAsync(request, Cancelled);
            Assert.Equal(
                (200, $"bytes=0-{offset + Chunk - 1}"), ((int)answer.StatusCode, Assert.Single(answer.Headers.GetValues("Range"))));
        }

        var stored = await worker.Container.GetBlobClient("chunks").DownloadContentAsync(Cancelled);
        Assert.Equal(whole, stored.Value.Content.ToArray());
    }
}
