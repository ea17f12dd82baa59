using System.Security.Cryptography;
using System.Text;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>What a delivery is called: by its id, wherever that is, or by its digest.</summary>
[Collection<OnHookServer>]
public sealed class WebhookIdTests(HookServer server)
{
    private const int BeyondTheWindow = 300_000;

    private static byte[] Event(string id, int padding = 0) =>
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","padding":"{{new string('x', padding)}}"}""");

    // A longer one goes by the digest of its first 8 KiB; what begins alike is told apart by its bytes.
    [Fact]
    public async Task A_delivery_without_a_name_goes_by_its_digest_whatever_its_size()
    {
        var (small, large) = (Event("nameless"), Event("nameless", BeyondTheWindow));
        byte[] longer = [.. large, (byte)' '];
        var statuses = new List<int>();
        foreach (var body in (byte[][])[small, small, large, large, longer, longer])
        {
            using var answer = await server.SendAsync(HttpMethod.Post, "/api/hooks/unnamed", Payload.Content(body));
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([201, 200, 201, 200, 201, 200], statuses);
        Assert.NotNull(await server.VisibleAsync($"unnamed/{Digest(small)}"));
        Assert.Equal(large, await server.VisibleAsync($"unnamed/{Digest(large[..8192])}"));
        Assert.Equal(longer, await server.VisibleAsync($"unnamed/{Digest(large[..8192])}.{Digest(large[..8192])}"));
    }

    // Slack's id comes after the event, which may be longer than the peek window, or than all that is ever inspected.
    [Theory]
    [InlineData(18_000, true)]
    [InlineData(100_000, false)]
    public async Task An_id_behind_a_large_member_is_found_or_the_delivery_is_stored_without(int bytes, bool isFound)
    {
        var id = $"Ev{Guid.NewGuid():N}";
        var body = Encoding.UTF8.GetBytes(
            $$"""{"type":"event_callback","event":{"type":"message","text":"{{id}}{{new string('x', bytes)}}"},"event_id":"{{id}}"}""");
        var statuses = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await server.SendAsync(
                HttpMethod.Post, "/api/hooks/slack", Payload.Content(body), 1, HookServer.SlackHeaders(body, DateTimeOffset.UtcNow));
            statuses.Add((int)answer.StatusCode);
        }

        var name = isFound ? id : Digest(body[..(64 * 1024)]);
        Assert.Equal([201, 200], statuses);
        Assert.Equal(body, await server.VisibleAsync($"slack/{name}"));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a_b")]
    [InlineData("..")]
    [InlineData("a%2Fb")]
    public async Task Ids_that_are_no_names_become_some_and_never_the_same(string id)
    {
        Assert.Equal(201, (await server.DeliverAsync("github", id, Event(id))).Status);
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
