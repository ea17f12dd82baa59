using System.Diagnostics;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Lifetime;

/// <summary>A server that is asked to end (SIGTERM) while bodies are under way.</summary>
public sealed class ShutdownTests(AzuriteFixture azurite)
{
    // Long enough for what is released at once to arrive on a busy machine, short enough to wait for.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(20);

    private const string NoSignal = "Windows has no SIGTERM.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_done_in_time_is_stored_and_who_is_not_is_told_and_leaves_nothing_visible()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignal);
        await using var sluice = new Running(azurite, ("Sluice:Shutdown:GracePeriod", $"{_grace}"));
        await sluice.InitializeAsync();
        var body = TestBody.Of(TestBody.Mib * 5 / 2);
        var half = body.Length / 2;
        string[] quick = ["quick-0", "quick-1", "quick-2", "quick-3"];
        string[] slow = ["slow-0", "slow-1", "slow-2", "slow-3"];
        var clients = new Dictionary<string, RawClient>();
        foreach (var (index, blob) in quick.Concat(slow).Index())
        {
            var framing = index % 2 == 0 ? Framing.Chunked : Framing.Length;
            clients[blob] = await sluice.BeginAsync(blob, framing.Header(body.Length));
            await framing.SendAsync(clients[blob], body.AsMemory(0, half), Cancelled);
            await sluice.UntilAskedAsync(StorageOperation.PutBlock, blob);
        }

        using var probe = await sluice.ConnectAsync();
        using var late = await sluice.ConnectAsync();
        Assert.Equal(200, (await AskAsync(probe, "ready")).Status);
        Assert.Equal(200, (await AskAsync(late, "live")).Status);

        // The signal, and from then on: not ready, alive, no new body; on connections from before and on new ones.
        var began = Stopwatch.GetTimestamp();
        sluice.Server.Terminate();
        var ready = await AskAsync(probe, "ready");
        while (ready.Status == 200)
            ready = await AskAsync(probe, "ready");
        Assert.Equal("503 not-ready", ready.Problem);
        Assert.Equal("5", ready.Header("Retry-After"));
        Assert.Equal("shutting-down", Checks(ready)["shutdown"]);
        Assert.Equal(200, (await AskAsync(probe, "live")).Status);
        using var newcomer = await sluice.ConnectAsync();
        Assert.Equal("503 not-ready", (await AskAsync(newcomer, "ready")).Problem);
        await late.SendHeadAsync(sluice.PathOf("late"), ["Content-Length: 5", "Expect: 100-continue"], Cancelled);
        var refused = await late.ReadAsync(Cancelled);
        Assert.Equal("503 shutting-down", refused.Problem);
        Assert.Equal(("admit", "sluice", "close"), (refused.Text("phase"), refused.Text("party"), refused.Header("Connection")));
        Assert.NotNull(refused.Header("Retry-After"));

        // Four are released, and finish.
        foreach (var (index, blob) in quick.Index())
        {
            var framing = index % 2 == 0 ? Framing.Chunked : Framing.Length;
            await framing.SendAsync(clients[blob], body.AsMemory(half), Cancelled);
            if (framing == Framing.Chunked)
                await clients[blob].SendChunkAsync(default, Cancelled);
        }
        foreach (var blob in quick)
            await sluice.AssertStoredAsync(blob, body, await clients[blob].ReadAsync(Cancelled));

        // Four are not.
        foreach (var blob in slow)
        {
            var answer = await clients[blob].ReadAsync(Cancelled);
            Assert.Equal("503 shutting-down", answer.Problem);
            Assert.Equal(("transfer", "sluice", "close"), (answer.Text("phase"), answer.Text("party"), answer.Header("Connection")));
            Assert.Equal(0, await clients[blob].UntilClosedAsync(Cancelled));
        }
        Assert.InRange(Stopwatch.GetElapsedTime(began), _grace - TimeSpan.FromMilliseconds(100), TimeSpan.MaxValue);
        Assert.Equal(0, await sluice.Server.ExitAsync());

        // Nothing is visible of them. What storage had by then is still there, uncommitted; storage drops it a week later.
        foreach (var blob in slow)
        {
            Assert.Equal("nothing", await sluice.VisibleAsync(blob));
            var blocks =
                (await sluice.Container.GetBlockBlobClient(blob).GetBlockListAsync(BlockListTypes.All, cancellationToken: Cancelled)).Value;
            Assert.Empty(blocks.CommittedBlocks);
            Assert.NotEmpty(blocks.UncommittedBlocks);
        }
        Assert.Equal("nothing", await sluice.VisibleAsync("late"));

        var output = sluice.Server.Output;
        Assert.Contains(output, static line => line.Contains("Shutting down: no longer ready; 8 active uploads", StringComparison.Ordinal));
        Assert.Contains(output, static line => line.Contains("Abandoned 4 uploads", StringComparison.Ordinal));
        Assert.Equal(4, output.Count(static line => line.Contains("ShuttingDown in Transfer, caused by Sluice", StringComparison.Ordinal)));
        Assert.Contains(output, static line => line.Contains("late: ShuttingDown in Admit", StringComparison.Ordinal));
        Assert.DoesNotContain(output, static line => line.Contains("client-gone", StringComparison.Ordinal));
        Assert.DoesNotContain(
            output,
            static line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
        foreach (var client in clients.Values)
            client.Dispose();
    }

    [Fact]
    public async Task Whoever_has_nothing_to_wait_for_ends_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignal);
        await using var sluice = new Running(azurite, ("Sluice:Shutdown:GracePeriod", "01:00:00"));
        await sluice.InitializeAsync();
        await sluice.AssertHealthyAsync();
        using var idle = await sluice.ConnectAsync();
        Assert.Equal(200, (await AskAsync(idle, "ready")).Status);

        sluice.Server.Terminate();

        Assert.Equal(0, await sluice.Server.ExitAsync());
        Assert.Equal(0, await idle.UntilClosedAsync(Cancelled));
    }

    [Fact]
    public async Task While_load_balancers_have_not_noticed_bodies_are_taken()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignal);
        await using var sluice = new Running(
            azurite, ("Sluice:Shutdown:GracePeriod", "01:00:00"), ("Sluice:Shutdown:ReadinessDelay", "00:00:15"));
        await sluice.InitializeAsync();
        using var probe = await sluice.ConnectAsync();
        var body = TestBody.Of(100_000);
        sluice.Server.Terminate();
        while ((await AskAsync(probe, "ready")).Status == 200)
            continue;

        await sluice.AssertStoredAsync("in-between", body, await sluice.PutAsync("in-between", body));

        Assert.Equal(0, await sluice.Server.ExitAsync());
    }

    [Theory]
    [InlineData("one", Framing.Chunked)]
    [InlineData("one", Framing.Length)]
    [InlineData("two", Framing.Chunked)]
    [InlineData("two", Framing.Length)]
    public async Task A_service_never_takes_a_part_of_a_body_for_the_whole(string target, Framing framing)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignal);
        await using var service = await ScriptedService.StartAsync();
        await using var sluice = new Running(
            azurite,
            ("Sluice:Shutdown:GracePeriod", "00:00:01"),
            ("Sluice:Relay:Targets:one:Address", $"{service.Address()}"),
            ("Sluice:Relay:Targets:one:HttpVersion", "Http11"),
            ("Sluice:Relay:Targets:two:Address", $"{service.Address(2)}"),
            ("Sluice:Relay:Targets:two:HttpVersion", "Http2"));
        await sluice.InitializeAsync();
        var body = TestBody.Of(200_000);
        var (half, brooding) = (service.At(Scripts.Echo), service.At(Scripts.Brood));
        using var sending = await sluice.ConnectAsync();
        await sending.SendHeadAsync($"/api/relay/{target}/{half}", [framing.Header(body.Length)], Cancelled);
        await framing.SendAsync(sending, body.AsMemory(0, body.Length - 1), Cancelled);
        using var waiting = await sluice.ConnectAsync();
        await waiting.SendHeadAsync($"/api/relay/{target}/{brooding}", [Framing.Length.Header(1000)], Cancelled);
        await waiting.SendAsync(body.AsMemory(0, 1000), Cancelled);
        // The last bytes of what has come may still be in a buffer of HttpClient, which is flushed when it is full.
        await (await service.SeenAsync(half)).UntilAsync(body.Length - 64 * 1024);
        await (await service.SeenAsync(brooding)).UntilAsync(1000);

        sluice.Server.Terminate();

        Assert.Equal("503 shutting-down", (await sending.ReadAsync(Cancelled)).Problem);
        Assert.Equal("503 shutting-down", (await waiting.ReadAsync(Cancelled)).Problem);
        Assert.Equal("aborted", await (await service.SeenAsync(half)).OutcomeAsync());
        Assert.Equal(0, await sluice.Server.ExitAsync());
        Assert.DoesNotContain(
            sluice.Server.Output,
            static line => line.Contains("Downstream", StringComparison.Ordinal) && line.Contains("Failed", StringComparison.Ordinal));
    }

    private static async Task<Answer> AskAsync(RawClient client, string what)
    {
        await client.SendAsync($"GET /api/health/{what} HTTP/1.1\r\nHost: sluice\r\n\r\n", Cancelled);
        return await client.ReadAsync(Cancelled);
    }

    private static Dictionary<string, string?> Checks(Answer answer) =>
        JsonElement.Parse(answer.Body).GetProperty("checks").EnumerateArray()
            .ToDictionary(
                static check => check.GetProperty("name").GetString()!,
                static check => check.TryGetProperty("detail", out var detail) ? detail.GetString() : null);

    private sealed class Running(AzuriteFixture azurite, params (string Key, string Value)[] settings)
        : SluiceFixture(azurite, [("Sluice:Body:IdleTimeout", "00:10:00"), .. settings]);
}
