using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Events;

/// <summary>Events are as docs/events.md says.</summary>
[Collection<OnEventServer>]
public sealed partial class EventSchemaTests(EventServer server)
{
    private static readonly string[] _blocks = [.. Blocks().Matches(Repository.Read("docs/events.md")).Select(static block => block.Groups[1].Value)];
    private static readonly JsonSchema _schema = JsonSchema.FromText(_blocks[1]);

    [Fact]
    public void The_example_has_the_schema() => AssertValid(JsonElement.Parse(_blocks[0]));

    [Theory]
    [InlineData("\"id\": \"3f1c", "\"id\": \"XX")]
    [InlineData("\"bytes\": 48213", "\"bytes\": \"48213\"")]
    [InlineData("\"kind\": \"put\"", "\"kind\": \"post\"")]
    [InlineData("\"bytes\"", "\"size\"")]
    public void Something_else_has_not(string member, string other)
    {
        var changed = _blocks[0].Replace(member, other, StringComparison.Ordinal);

        Assert.NotEqual(_blocks[0], changed);
        Assert.False(_schema.Evaluate(JsonElement.Parse(changed)).IsValid);
    }

    [Fact]
    public async Task Every_event_has_the_schema()
    {
        using var put = await server.PutAsync("schema", new ByteArrayContent([1]), ("x-ms-meta-project", "apollo"));
        using var hook = await server.SendAsync(
            HttpMethod.Post, "/api/hooks/github", new ByteArrayContent([2]), 1, ("X-GitHub-Delivery", "schema-hook"));
        using var ingested = await server.SendAsync(HttpMethod.Put, "/api/ingest/invoices/schema.bin", new ByteArrayContent([3]));

        foreach (var name in (string[])["schema", "github/schema-hook", "invoices/schema.bin"])
            AssertValid((await server.Inbox.TakenAsync(name)).Json);
        Assert.All(server.Inbox.Taken, static told => AssertValid(told.Json));
    }

    private static void AssertValid(JsonElement json) => Assert.True(_schema.Evaluate(json).IsValid, json.GetRawText());

    [GeneratedRegex("```json\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
