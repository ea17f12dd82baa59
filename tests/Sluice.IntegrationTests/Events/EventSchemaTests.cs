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
    private static readonly JsonSchema _uploads = JsonSchema.FromText(_blocks[3]);

    [Fact]
    public void The_examples_have_the_schemas()
    {
        AssertValid(_schema, JsonElement.Parse(_blocks[0]));
        AssertValid(_uploads, JsonElement.Parse(_blocks[2]));
        Assert.False(_uploads.Evaluate(JsonElement.Parse(_blocks[0])).IsValid);
    }

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
            AssertValid(_schema, (await server.Inbox.TakenAsync(name)).Json);
        Assert.All(server.Inbox.Taken, static told => AssertValid(_schema, told.Json));
    }

    [Fact]
    public async Task Every_event_of_an_upload_has_the_schema()
    {
        using var created = await server.SendAsync(
            HttpMethod.Post, "/api/files", null, 1, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "5"),
            ("Upload-Metadata", "filename c2NoZW1hLXR1cw==,project YXBvbGxv"));
        using var refused = await server.PutAsync("schema-refused", new ByteArrayContent([1]), ("If-Match", "\"none\""));
        Assert.Equal((201, 412), ((int)created.StatusCode, (int)refused.StatusCode));

        await server.Life.TakenAsync("schema-tus");
        await server.Life.TakenAsync("schema-refused");
        Assert.All(server.Life.Taken, static told => AssertValid(_uploads, told.Json));
    }

    private static void AssertValid(JsonSchema schema, JsonElement json) =>
        Assert.True(schema.Evaluate(json).IsValid, json.GetRawText());

    [GeneratedRegex("```json\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
