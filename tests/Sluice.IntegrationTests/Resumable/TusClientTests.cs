using System.Security.Cryptography;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Memory;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// The client that most pages use for tus, against two servers that take turns, and that die: 200 MB, and 500 MB with <c>SLUICE_FULL=1</c>.
/// </summary>
public sealed class TusClientTests(AzuriteFixture azurite)
{
    private const int ChunkBytes = 8_000_000;
    private const int Kills = 10;
    private const int Seed = 18;

    private static readonly long _bytes = Requirement.IsFull ? 500_000_000 : 200_000_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_by_tus_js_client_survives_ten_kills_of_the_two_servers_that_take_turns_at_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no HAProxy for Windows.");
        var container = await azurite.NewContainerAsync();
        var settings = new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = [container.Name],
            More = new Dictionary<string, string>
            {
                ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
                ["Sluice:Resumable:Name"] = "{filename}"
            },
        };
        ServerProcess[] servers =
        [
            await ServerProcess.StartAsync(settings, Cancelled), await ServerProcess.StartAsync(settings, Cancelled)
        ];
        var said = new List<TusEvent>();
        var killed = new List<int>();
        try
        {
            using var proxy = await HaProxy.StartAsync(servers.Select(static server => server.Address), Cancelled);
            using var client = await TusClient.StartAsync(new Uri(proxy.Address, "/api/files"), _bytes, ChunkBytes, Cancelled);
            var moments = Moments();
            await foreach (var line in client.EventsAsync(Cancelled))
            {
                said.Add(line);
                if (moments.TryPeek(out var moment) && line.Sent >= moment)
                {
                    var victim = await BusyAsync(proxy);
                    servers[victim].Kill();
                    await ReviveAsync(servers, victim, settings);
                    moments.Dequeue();
                    killed.Add(victim);
                }
            }
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Killed: {string.Join(", ", killed)}. Seen by the client: {Summary(said)}");
        Assert.Equal(Kills, killed.Count);
        await using var stored = await container.GetBlobClient("body.bin").OpenReadAsync(cancellationToken: Cancelled);
        Assert.Equal(_bytes, stored.Length);
        Assert.Equal(said[^1].Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stored, Cancelled)));

        var told = said.Where(static line => line.Offset is not null).Select(static line => line.Offset!.Value).ToList();
        Assert.Equal(told.Order(), told);
        Assert.Equal(_bytes, told[^1]);
        Assert.Single(said, static line => line.Method == "POST");
        Assert.All(["0", "1"], instance => Assert.InRange(
            said.Count(line => line is { Method: "PATCH", Status: 204 } && line.Instance == instance), 10, int.MaxValue));
        // The request that was running has no answer, or the next one to that server has none.
        Assert.InRange(said.Count(static line => line.Broken is not null), Kills, int.MaxValue);
        await container.DeleteIfExistsAsync(cancellationToken: Cancelled);
    }

    // One in each tenth of the upload but its last bytes, anywhere in it.
    private static Queue<long> Moments()
    {
        var random = new Random(Seed);
        return new(Enumerable.Range(0, Kills).Select(tenth => (long)((tenth + random.NextDouble()) / Kills * (_bytes - ChunkBytes))));
    }

    // A server dies while a request is with it.
    private static async Task<int> BusyAsync(HaProxy proxy)
    {
        while (true)
        {
            if (await proxy.BusyAsync(Cancelled) is [var busy, ..])
                return busy;
            await Task.Delay(1, Cancelled);
        }
    }

    private static async Task ReviveAsync(ServerProcess[] servers, int victim, ServerSettings settings)
    {
        var dead = servers[victim];
        var again = settings with
        {
            More = new Dictionary<string, string>(settings.More) { ["Kestrel:Endpoints:Again:Url"] = $"{dead.Address}" }
        };
        servers[victim] = await ServerProcess.StartAsync(again, Cancelled);
        await dead.DisposeAsync();
    }

    private static string Summary(List<TusEvent> said) => string.Join(
        ", ",
        said.Where(static line => line.Sent is null && line.Sha256 is null)
            .CountBy(static line =>
                line.Method is { } method ? $"{method} {line.Status} from {line.Instance ?? "the proxy"}" : line.Broken ?? "")
            .Select(static count => $"{count.Value} x {count.Key}"));
}
