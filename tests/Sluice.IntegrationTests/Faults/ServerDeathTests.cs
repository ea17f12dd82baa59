using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A server that dies in the middle of uploads, as in a crash or when its machine is taken away.</summary>
public sealed class ServerDeathTests(ServerDeathTests.Fixture sluice) : IClassFixture<ServerDeathTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_not_answered_is_not_there_and_another_server_takes_it_whole()
    {
        var (body, before) = (TestBody.Of(TestBody.Mib * 7 / 2), await sluice.SeedAsync("replaced"));
        var stalled = sluice.Storage.Fail(StorageOperation.PutBlockList, "replaced", StorageFaults.Stall);
        var sending = sluice.PutAsync("replaced", body);
        using var half = await sluice.BeginAsync("created", Framing.Length.Header(body.Length));
        await half.SendAsync(body.AsMemory(0, body.Length / 2), Cancelled);
        await sluice.UntilAskedAsync(StorageOperation.PutBlock, "created");
        await stalled.Reached.WaitAsync(SluiceFixture.Patience, Cancelled);

        sluice.Server.Kill();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
        Assert.Equal(before, await sluice.VisibleAsync("replaced"));
        Assert.Equal("nothing", await sluice.VisibleAsync("created"));

        // The blocks of the dead are still there, uncommitted.
        await using var other = await ServerProcess.StartAsync(sluice.Settings, Cancelled);
        using var client = other.CreateClient();
        using var response = await client.PutAsync(
            new Uri(sluice.PathOf("created"), UriKind.Relative), new ByteArrayContent(body), Cancelled);
        await sluice.AssertStoredAsync("created", body, await Answer.OfAsync(response, Cancelled));
    }

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite);
}
