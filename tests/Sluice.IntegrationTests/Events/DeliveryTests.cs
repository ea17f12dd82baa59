using System.Text.Json;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Events;

/// <summary>What happens to an event that its destination does not take.</summary>
public sealed class DeliveryTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly EventServer _server = new(azurite);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_service_that_fails_gets_it_again_and_no_sooner_than_it_wants()
    {
        var answers = new Queue<(int, int?)>([(503, 3), (500, null)]);
        _server.Inbox.Answer = _ => answers.TryDequeue(out var next) ? next : (200, null);
        using var answer = await _server.PutAsync("again", new ByteArrayContent([1, 2, 3]));
        Assert.Equal(201, (int)answer.StatusCode);

        await _server.Inbox.TakenAsync("again");
        var attempts = _server.Inbox.Attempts;
        Assert.Equal(3, attempts.Count);
        Assert.Single(attempts.Select(static attempt => attempt.Id).Distinct());
        // Azurite counts in whole seconds.
        Assert.True(attempts[1].At - attempts[0].At >= TimeSpan.FromSeconds(2), $"{attempts[1].At - attempts[0].At}");
        // The others did not wait for it.
        Assert.Equal(attempts[0].Json.GetRawText(), (await _server.QueuedAsync("again")).GetRawText());
    }

    [Fact]
    public async Task What_nobody_takes_goes_to_the_dead_letters_and_can_be_replayed()
    {
        _server.Inbox.Answer = static _ => (500, null);
        using var answer = await _server.PutAsync("dead", new ByteArrayContent([1, 2, 3]));

        var letter = await _server.LetterAsync();
        Assert.Equal(
            ("service", "The target 'service' returned 500."),
            (letter.GetProperty("destination").GetString(), letter.GetProperty("reason").GetString()));
        Assert.InRange(letter.GetProperty("attempts").GetInt32(), 2, 10);
        await EventInbox.UntilAsync(() =>
            _server.Output.FirstOrDefault(static line => line.Contains("dead-letter queue", StringComparison.Ordinal)));

        _server.Inbox.Answer = static _ => (200, null);
        Assert.Equal((0, 1), await ReplayAsync("id=another"));
        Assert.Equal((0, 1), await ReplayAsync("destination=queue"));
        Assert.Equal((0, 1), await ReplayAsync("before=2020-01-01T00:00:00Z"));
        Assert.Equal((1, 0), await ReplayAsync("from=2020-01-01T00:00:00Z&destination=SERVICE"));
        await _server.Inbox.TakenAsync("dead");
        Assert.Equal((0, 0), await ReplayAsync("destination=service"));
    }

    [Fact]
    public async Task A_service_that_is_gone_gets_no_more_until_somebody_switches_it_on()
    {
        _server.Inbox.Answer = static _ => (410, null);
        using var first = await _server.PutAsync("gone-1", new ByteArrayContent([1, 2, 3]));
        await _server.LetterAsync();
        using var second = await _server.PutAsync("gone-2", new ByteArrayContent([1, 2, 3]));
        await _server.QueuedAsync("gone-2");
        await _server.LetterAsync(count: 2);

        Assert.Single(_server.Inbox.Attempts);
        await EventInbox.UntilAsync(() =>
            _server.Output.FirstOrDefault(static line => line.Contains("wants no more events", StringComparison.Ordinal)));
        _server.Inbox.Answer = static _ => (200, null);
        Assert.Equal((2, 0), await ReplayAsync("destination=service"));
        await _server.Inbox.TakenAsync("gone-1");
        await _server.Inbox.TakenAsync("gone-2");
    }

    [Fact]
    public async Task The_event_of_a_blob_can_be_made_anew()
    {
        using var answer = await _server.PutAsync("anew", new ByteArrayContent([1, 2, 3]));
        var told = await _server.Inbox.TakenAsync("anew");

        Assert.Equal((1, 0), await ReplayAsync($"blob={_server.Container.Name}/anew&destination=service"));
        var again = await EventInbox.UntilAsync(() => _server.Inbox.Taken.Skip(1).FirstOrDefault());
        Assert.Equal(
            (told.Id, told.Subject, told.Data.GetProperty("eTag").GetString()),
            (again.Id, again.Subject, again.Data.GetProperty("eTag").GetString()));
    }

    [Theory]
    [InlineData("", 400, "query-invalid")]
    [InlineData("from=yesterday", 400, "query-invalid")]
    [InlineData("id=1&id=2", 400, "query-invalid")]
    [InlineData("blob=x/y&id=1", 400, "query-invalid")]
    [InlineData("destination=nobody", 404, "target-unknown")]
    [InlineData("blob=elsewhere/x", 404, "container-unknown")]
    [InlineData("blob=elsewhere/../x", 400, "name-invalid")]
    [InlineData("blob=elsewhere/x&destination=relay:service", 400, "query-invalid")]
    public async Task A_replay_of_nothing_is_refused(string query, int status, string type)
    {
        using var answer = await _server.SendAsync(HttpMethod.Post, $"/api/events/replay?{query}");

        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((status, $"urn:sluice:problem:{type}"), ((int)answer.StatusCode, problem.GetProperty("type").GetString()));
    }

    private async Task<(int Replayed, int Left)> ReplayAsync(string query)
    {
        using var answer = await _server.SendAsync(HttpMethod.Post, $"/api/events/replay?{query}");
        Assert.Equal(202, (int)answer.StatusCode);
        var said = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (said.GetProperty("replayed").GetInt32(), said.GetProperty("left").GetInt32());
    }
}
