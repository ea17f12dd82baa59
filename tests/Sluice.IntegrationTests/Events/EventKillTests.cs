using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Reliability;

namespace Sluice.IntegrationTests.Events;

/// <summary>
/// A server that is killed (SIGKILL) under load, and a destination that fails three times in ten and is down for a while: every stored body
/// is told at least once, and none that is not there. 40 uploads and 3 kills in <c>dotnet test</c>; <c>SLUICE_EVENT_UPLOADS</c> and
/// <c>SLUICE_EVENT_KILLS</c> for more.
/// The same for the worker of Azure Functions, whose host dies with it.
/// </summary>
public sealed class EventKillTests(AzuriteFixture azurite)
{
    private const int AtOnce = 8;

    [Fact]
    public async Task Every_stored_body_is_told_however_often_its_server_dies()
    {
        var (uploads, kills) = (Campaign.Count("SLUICE_EVENT_UPLOADS", 40), Campaign.Count("SLUICE_EVENT_KILLS", 3));
        var random = Campaign.RandomFor(0, "events");
        var (inbox, began, sent, acknowledged) = (new EventInbox(), Stopwatch.GetTimestamp(), 0, 0);
        await using var service = await ScriptedService.StartAsync();
        await using var world = await ServerWorld.StartAsync(
            azurite, servers: 1, isMeasured: false, Settings(service, service.At(inbox.ReceiveAsync)));
        var downFrom = uploads / 3;
        inbox.Answer = _ =>
        {
            lock (random)
            {
                // Down while a part of the uploads come.
                return (Volatile.Read(ref sent) >= downFrom && sent < 2 * downFrom) || random.Next(10) < 3 ? (503, null) : (200, null);
            }
        };

        var loading = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var index = Interlocked.Increment(ref sent); index <= uploads; index = Interlocked.Increment(ref sent))
            {
                if (await IsStoredAsync(world, index))
                    Interlocked.Increment(ref acknowledged);
            }
        }));
        for (var kill = 1; kill <= kills && !loading.IsCompleted; kill++)
        {
            while (Volatile.Read(ref sent) < kill * uploads / (kills + 1) && !loading.IsCompleted)
                await Task.Delay(5, world.Ending);
            await Task.Delay(random.Next(0, 50), world.Ending);
            await world.KillAsync(0);
        }

        await loading;
        var stored = await StoredAsync(world.Container);
        await EventInbox.UntilAsync(() => stored.Keys.Except(inbox.Taken.Select(static told => told.Id)).Any() ? null : stored);

        // Once more: a commit of a server that was killed may have been carried out late.
        stored = await StoredAsync(world.Container);
        // Function apps of other tests had the same queue.
        var own = inbox.Attempts.Where(told => told.Subject.StartsWith($"{world.Container.Name}/", StringComparison.Ordinal));
        var untrue = own.Where(told => !stored.TryGetValue(told.Id, out var name) || !told.Subject.EndsWith($"/{name}", StringComparison.Ordinal));
        Assert.Empty(untrue.Select(static told => told.Subject));
        Assert.True(stored.Count >= acknowledged, $"{stored.Count} stored, {acknowledged} acknowledged.");
        Campaign.Report(
            "event-kills",
            new { uploads, kills = world.Kills, acknowledged, stored = stored.Count, told = inbox.Taken.Count, attempts = inbox.Attempts.Count },
            string.Create(
                CultureInfo.InvariantCulture,
                $"{uploads} uploads, {world.Kills} kills, {acknowledged} acknowledged, {stored.Count} blobs, {inbox.Taken.Count} events taken of "
                    + $"{inbox.Attempts.Count} attempts, {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s: none missing, none untrue"));
    }

    private static (string, string)[] Settings(ScriptedService service, string path) =>
    [
        ("Sluice:Relay:Targets:events:Address", $"{service.Address()}"),
        // In a function app the outbox is where its trigger looks.
        ("Sluice:Events:Queue", TestedHost.IsFunctions ? "sluice-events" : $"o-{Guid.NewGuid():N}"),
        ("Sluice:Events:DeadLetterQueue", $"d-{Guid.NewGuid():N}"),
        ("Sluice:Events:RecoveryTime", "00:00:05"),
        ("Sluice:Events:RetryDelay", "00:00:01"),
        ("Sluice:Events:MaxRetryDelay", "00:00:04"),
        ("Sluice:Events:Destinations:service:Target", "events"),
        ("Sluice:Events:Destinations:service:Path", path),
    ];

    // Each upload has a name of its own. One that fails is not repeated: whether it is stored, the account says.
    private static async Task<bool> IsStoredAsync(ServerWorld world, int index)
    {
        var (name, body) = ($"event-{index}", TestBody.Of(index % 7 == 0 ? 3_000_000 : 10_000 + index));
        try
        {
            using var answer = await ((index % 4) switch
            {
                0 => world.Client.PutAsync(new Uri(world.Address, $"/api/blobs/{world.Container.Name}/{name}"), new ByteArrayContent(body), world.Ending),
                1 => PostFormAsync(world, name, body),
                2 => AppendAsync(world, name, body),
                _ => PutChunkedAsync(world, name, body),
            });
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            await UntilAliveAsync(world);
            return false;
        }
    }

    // Otherwise all uploads would fail while the first server is away.
    private static async Task UntilAliveAsync(ServerWorld world)
    {
        while (true)
        {
            try
            {
                using var answer = await world.Client.GetAsync(new Uri(world.Address, "/api/health/live"), world.Ending);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, world.Ending);
            }
        }
    }

    private static async Task<HttpResponseMessage> PostFormAsync(ServerWorld world, string name, byte[] body)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(body), "file", name } };
        return await world.Client.PostAsync(new Uri(world.Address, $"/api/blobs/{world.Container.Name}"), form, world.Ending);
    }

    private static async Task<HttpResponseMessage> PutChunkedAsync(ServerWorld world, string name, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(world.Address, $"/api/blobs/{world.Container.Name}/{name}"))
        {
            Content = new ByteArrayContent(body),
        };
        request.Headers.TransferEncodingChunked = true;
        return await world.Client.SendAsync(request, world.Ending);
    }

    private static async Task<HttpResponseMessage> AppendAsync(ServerWorld world, string name, byte[] body)
    {
        var metadata = $"container {Base64(world.Container.Name)},filename {Base64(name)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, "/api/files"))
        {
            Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", $"{body.Length}" }, { "Upload-Metadata", metadata } },
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return await world.Client.SendAsync(request, world.Ending);
    }

    private static async Task<IReadOnlyDictionary<string, string>> StoredAsync(BlobContainerClient container)
    {
        var stored = new Dictionary<string, string>();
        await foreach (var blob in container.GetBlobsAsync(
            new GetBlobsOptions { Traits = BlobTraits.Metadata }, TestContext.Current.CancellationToken))
            stored.Add(blob.Metadata["sluice_upload"], blob.Name);
        return stored;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
