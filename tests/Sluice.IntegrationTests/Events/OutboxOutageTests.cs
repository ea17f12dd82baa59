using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Events;

/// <summary>What happens to uploads while the queue of the outbox can't be reached.</summary>
public sealed class OutboxOutageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nothing_is_stored_that_could_not_be_told()
    {
        await using var server = await StartAsync("Refuse");

        using var answer = await server.PutAsync("refused", new ByteArrayContent([1, 2, 3]));

        await ProblemDocument.ExpectAsync(answer, FailureKind.EventUnannounced, Phase.Seal);
        Assert.Null(await server.VisibleAsync("refused"));
    }

    [Fact]
    public async Task It_is_stored_where_that_is_allowed_and_the_log_says_what_was_lost()
    {
        await using var server = await StartAsync("Accept");

        using var answer = await server.PutAsync("accepted", new ByteArrayContent([1, 2, 3]));

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.NotNull(await server.VisibleAsync("accepted"));
        await EventInbox.UntilAsync(() => server.Output.FirstOrDefault(
            static line => line.Contains("Stored without its event", StringComparison.Ordinal)
                && line.Contains("/accepted", StringComparison.Ordinal)));
    }

    private async Task<UnannouncingServer> StartAsync(string rule)
    {
        var server = new UnannouncingServer(azurite, rule);
        await server.InitializeAsync();
        return server;
    }

    private sealed class UnannouncingServer(AzuriteFixture azurite, string rule) : RunningServer(azurite)
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Sluice:Blob:MaxRetries"] = "0",
            ["Sluice:Events:ConnectionString"] =
                "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;QueueEndpoint=http://127.0.0.1:1/a;",
            ["Sluice:Events:WhenUnavailable"] = rule,
            ["Sluice:Events:Destinations:queue:Queue"] = "stored",
        };
    }
}
