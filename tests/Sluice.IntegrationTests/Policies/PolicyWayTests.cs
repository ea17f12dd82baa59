using System.Text;
using System.Text.Json;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Multipart;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Policies;

/// <summary>Every way in is asked about, once for each upload, and does what the policy service decides.</summary>
public sealed class PolicyWayTests(PolicyServer server) : IClassFixture<PolicyServer>
{
    private static readonly byte[] _body = """{"a":1}"""u8.ToArray();

    // The kind in the question, the rule, the body's first bytes.
    public static TheoryData<string, string, string?, bool> Ways { get; } = new()
    {
        { "put", "put", null, true },
        { "form", "form", null, true },
        { "ingest", "ingest", "everything", true },
        { "tee", "ingest", "tee", true },
        { "hook", "hook", "github", true },
        { "tus", "resumable", null, false },
        // It brings its bytes with its creation, and only what can't be resumed is looked at.
        { "draft", "resumable", null, true },
        { "logicapps", "resumable", null, false },
        { "relay", "relay", null, true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_asked_once_and_refuses(string way, string kind, string? rule, bool seesBytes)
    {
        var (name, asked) = ($"{Guid.NewGuid():N}", new List<PolicyCall>());
        var mark = server.Desk.Decide(async call =>
        {
            asked.Add(call);
            await call.AnswerAsync("""{"refuse":{"reason":"Not here."}}""");
        });
        var answer = await SendAsync(way, name, mark);

        Assert.Equal((403, "403 route-refused"), (answer.Status, answer.Problem));
        var call = Assert.Single(asked);
        Assert.Equal(
            (kind, rule, seesBytes ? Convert.ToBase64String(_body) : null, way == "hook" ? "github" : null),
            (call.Text("kind"), call.Text("rule"), call.Text("firstBytes"), call.Text("source")));
        Assert.Equal(way is "relay" or "tee" ? "service" : null, call.Text("target"));
        Assert.Null(await server.VisibleAsync(name));
        Assert.DoesNotContain(server.Service.Log, request => request.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_asked_once_and_chooses_the_name(string way, string kind, string? rule, bool seesBytes)
    {
        var (name, asked, chosen) = ($"{Guid.NewGuid():N}", 0, "");
        var mark = server.Desk.Decide(async call =>
        {
            asked++;
            chosen = $"chosen/{call.Text("name")}";
            Assert.Equal((kind, rule), (call.Text("kind"), call.Text("rule")));
            await call.AnswerAsync(
                kind == "relay" ? "{}" : JsonSerializer.Serialize(new { name = chosen, metadata = new { by = $"{seesBytes}" } }));
        });
        var answer = await SendAsync(way, name, mark);

        Assert.True(answer.Status is >= 200 and < 300, answer.Body);
        Assert.Equal(1, asked);
        if (kind == "relay")
        {
            Assert.Contains(server.Service.Log, request => request.EndsWith(name, StringComparison.Ordinal));
            return;
        }

        if (kind == "resumable" && way != "draft")
            await CompleteAsync(way, answer);
        Assert.Equal(_body, await server.VisibleAsync(chosen));
        Assert.Equal(1, asked);
    }

    private async Task<Answer> SendAsync(string way, string name, (string Name, string Value) mark)
    {
        using var response = way switch
        {
            "put" => await server.PutAsync(name, Body(), mark),
            "form" => await server.SendAsync(
                HttpMethod.Post, $"/api/blobs/{server.Container.Name}?atomic=true", new ChromiumForm().File("f", name, _body).Content(), 1,
                mark),
            "ingest" => await server.SendAsync(HttpMethod.Put, $"/api/ingest/{name}", Body(), 1, mark),
            "tee" => await server.SendAsync(HttpMethod.Put, $"/api/ingest/tee/{name}", Body(), 1, mark),
            "hook" => await server.SendAsync(
                HttpMethod.Post, "/api/hooks/github", Body(), 1, [.. HookServer.Headers(name, _body), mark]),
            "tus" => await server.SendAsync(
                HttpMethod.Post, "/api/files", null, 1,
                [("Tus-Resumable", "1.0.0"), ("Upload-Length", $"{_body.Length}"), ("Upload-Metadata", $"filename {Base64(name)}"), mark]),
            "draft" => await server.SendAsync(
                HttpMethod.Post, "/api/files", Body(), 1,
                [("Upload-Complete", "?1"), ("Content-Disposition", $"attachment; filename=\"{name}\""), mark]),
            "logicapps" => await server.PutAsync(
                name, null, ("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", $"{_body.Length}"), mark),
            _ => await server.SendAsync(HttpMethod.Post, $"/api/relay/service/{name}", Body(), 1, mark),
        };
        return await Answer.OfAsync(response, TestContext.Current.CancellationToken);
    }

    // The body comes later, and is not asked about.
    private async Task CompleteAsync(string way, Answer created)
    {
        var path = new Uri(server.Address(), created.Header("Location")).PathAndQuery;
        var content = new ByteArrayContent(_body);
        (string, string)[] headers = way == "tus"
            ? [("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0"), ("Content-Type", "application/offset+octet-stream")]
            : [("Content-Range", $"bytes=0-{_body.Length - 1}/{_body.Length}")];
        using var response = await server.SendAsync(HttpMethod.Patch, path, content, 1, headers);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
    }

    private static HttpContent Body() => Payload.Content(_body, sized: false);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
