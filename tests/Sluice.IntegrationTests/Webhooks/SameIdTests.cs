using System.Text;
using System.Text.Json;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>
/// Deliveries of one id. GitHub's signature does not cover it, so whoever has one delivery can send it under the id of another: the genuine
/// one is stored all the same, passed on and told of, and known again.
/// </summary>
[Collection<OnHookServer>]
public sealed class SameIdTests(HookServer server)
{
    private const int BeyondTheWindow = 300_000;

    private static byte[] Event(string id, int padding) =>
        Encoding.UTF8.GetBytes($$"""{"padding":"{{new string('x', padding)}}","id":"{{id}}"}""");

    [Theory]
    [InlineData("github", 0)]
    [InlineData("github", BeyondTheWindow)]
    [InlineData("passed", 0)]
    [InlineData("passed", BeyondTheWindow)]
    [InlineData("both", 0)]
    [InlineData("both", BeyondTheWindow)]
    [InlineData("told", 0)]
    [InlineData("told", BeyondTheWindow)]
    public async Task A_planted_delivery_keeps_no_genuine_one_away(string source, int padding)
    {
        var id = $"planted-{padding}";
        var (planted, genuine) = (Event("planted", padding), Event("genuine", padding));
        Assert.Equal(201, (await DeliverAsync(planted)).Status);
        var stored = await DeliverAsync(genuine);

        Assert.Equal(201, stored.Status);
        var receipt = JsonElement.Parse(stored.Body);
        var name = receipt.GetProperty("name").GetString()!;
        Assert.StartsWith($"{source}/{id}.", name, StringComparison.Ordinal);
        Assert.Equal(planted, await server.VisibleAsync($"{source}/{id}"));
        Assert.Equal(genuine, await server.VisibleAsync(name));
        foreach (var (body, known) in ((byte[], string)[])[(genuine, name), (planted, $"{source}/{id}")])
        {
            var again = await DeliverAsync(body);
            var told = JsonElement.Parse(again.Body);
            Assert.Equal(
                (200, "duplicate", known), (again.Status, told.GetProperty("status").GetString(), told.GetProperty("name").GetString()));
        }

        if (source == "told")
            Assert.Equal(200, receipt.GetProperty("notified").GetProperty("status").GetInt32());
        else if (source != "github")
            Assert.Equal(200, receipt.GetProperty("downstream").GetProperty("status").GetInt32());

        Task<Faults.Answer> DeliverAsync(byte[] body) => server.DeliverAsync(source, id, body, server.Service.At(Scripts.Echo));
    }

    [Fact]
    public async Task The_events_of_two_deliveries_have_ids_of_their_own()
    {
        server.OnHeard = Scripts.Echo;
        foreach (var (id, state) in ((string, string)[])[("a.b", "1"), ("a.b", "2"), ("a_b", "1")])
            Assert.Equal(201, (await server.DeliverAsync("heard", id, Event(state, 0))).Status);

        var ids = server.Service.Exchanges.Select(static exchange => exchange.Header("webhook-id"))
            .Where(static id => id?.StartsWith("heard/a", StringComparison.Ordinal) == true)
            .ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.DoesNotContain('.', id!));
    }

    [Fact]
    public async Task Of_many_at_once_each_is_stored_once()
    {
        byte[][] bodies = [.. Enumerable.Range(0, 4).Select(static n => Event($"{n}", 0))];
        var answers =
            await Task.WhenAll(Enumerable.Range(0, 40).Select(n => server.DeliverAsync("github", "crowd", bodies[n % bodies.Length])));

        Assert.Equal(bodies.Length, answers.Count(static answer => answer.Status == 201));
        Assert.Equal(answers.Length - bodies.Length, answers.Count(static answer => answer.Status == 200));
        var names = answers.Select(static answer => JsonElement.Parse(answer.Body).GetProperty("name").GetString()!).Distinct().ToList();
        Assert.Equal(bodies.Length, names.Count);
    }
}
