using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Policies;

/// <summary>A service that is asked about every upload: what it sees, and what it may decide.</summary>
public sealed class PolicyServiceTests(PolicyServiceApp app) : IClassFixture<PolicyServiceApp>
{
    private static readonly byte[] _gif = [.. "GIF89a"u8, .. new byte[5_000]];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_sees_the_upload_and_nothing_that_is_not_allowed()
    {
        var (name, seen, type, key) = (Name(), default(PolicyCall), "", "");
        var mark = app.Desk.Decide(async call =>
        {
            (seen, type, key) = (call, $"{call.Context.Request.ContentType}", $"{call.Context.Request.Headers["X-Api-Key"]}");
            await call.AnswerAsync("{}");
        });
        using var answer = await app.PutAsync(
            name, Payload.Content(_gif), mark,
            ("Content-Type", "image/gif"), ("X-Tenant", "t1"), ("X-Secret", "hunter2"), ("x-ms-meta-from", "client"),
            ("Content-Disposition", "attachment; filename=\"a.gif\""));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var caller = seen!.Text("caller")!;
        Assert.StartsWith("address:", caller, StringComparison.Ordinal);
        var stored = await app.Container.GetBlobClient(name).GetPropertiesAsync(null, Cancelled);
        Assert.Equal(
            JsonSerializer.Serialize(new
            {
                id = stored.Value.Metadata["sluice_upload"],
                kind = "put",
                caller,
                headers = new Dictionary<string, string> { ["x-policy"] = mark.Value, ["x-tenant"] = "t1" },
                container = app.Container.Name,
                name,
                isPart = false,
                fileName = "a.gif",
                length = _gif.Length,
                declaredMediaType = "image/gif",
                sniffedMediaType = "image/gif",
                metadata = new Dictionary<string, string> { ["from"] = "client" },
                isWhole = true,
                firstBytes = Convert.ToBase64String(_gif.AsSpan(0, 16)),
            }),
            Encoding.UTF8.GetString(seen.Bytes));
        Assert.Equal(("application/json", "the key"), (type, key));
    }

    [Fact]
    public async Task Its_question_is_signed()
    {
        var (id, time, signature, bytes) = ("", "", "", Array.Empty<byte>());
        using var answer = await app.PutAsync(Name(), Payload.Content(_gif), app.Desk.Decide(async call =>
        {
            var headers = call.Context.Request.Headers;
            (id, time) = ($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}");
            (signature, bytes) = ($"{headers["webhook-signature"]}", call.Bytes);
            await call.AnswerAsync("{}");
        }));

        var key = Convert.FromBase64String(PolicyDesk.Secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{time}."), .. bytes];
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", signature);
        Assert.Equal(JsonElement.Parse(bytes).GetProperty("id").GetString(), id);
    }

    [Theory]
    [InlineData("{}", 200)]
    [InlineData("", 204)]
    [InlineData("""{"container":null,"name":null,"maxBytes":5006,"createOnly":false,"metadata":{},"mediaTypes":{"allow":["image/*"]}}""", 200)]
    public async Task What_it_accepts_is_stored(string decision, int status)
    {
        var name = Name();
        using var answer = await app.PutAsync(name, Payload.Content(_gif), app.Desk.Decide(decision, status));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(await app.Container.GetBlobClient(name).ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task It_renames_and_moves_and_sets_metadata()
    {
        var name = Name();
        using var answer = await app.PutAsync(
            name, Payload.Content(_gif),
            app.Desk.Decide($$$"""{"container":"{{{app.Other.Name}}}","name":"t1/{{{name}}}","metadata":{"by":"service","from":"service"}}"""),
            ("x-ms-meta-from", "client"), ("x-ms-meta-kept", "client"));

        Assert.Equal($"/api/blobs/{app.Other.Name}/t1/{name}", $"{answer.Headers.Location}");
        var metadata = (await app.Other.GetBlobClient($"t1/{name}").GetPropertiesAsync(null, Cancelled)).Value.Metadata;
        Assert.Equal(("service", "service", "client"), (metadata["by"], metadata["from"], metadata["kept"]));
        Assert.False(await app.Container.GetBlobClient(name).ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task It_chooses_the_tier_and_the_tags()
    {
        var name = Name();
        using var answer = await app.PutAsync(
            name, Payload.Content(_gif),
            app.Desk.Decide("""{"features":{"tier":"cold","tags":{"by":"service","type":"{mediaType}"},"deleteAfterDays":30}}"""));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var blob = app.Container.GetBlobClient(name);
        Assert.Equal("Cold", (await blob.GetPropertiesAsync(null, Cancelled)).Value.AccessTier);
        var tags = (await blob.GetTagsAsync(null, Cancelled)).Value.Tags;
        Assert.Equal(("service", "image/gif", "30"), (tags["by"], tags["type"], tags["deleteAfterDays"]));
    }

    [Fact]
    public async Task Its_limits_hold_on_top_of_the_configured_ones()
    {
        var name = Name();
        var small = app.Desk.Decide("""{"maxBytes":5005}""");
        using var declared = await app.PutAsync(name, Payload.Content(_gif), small);
        await ProblemDocument.ExpectAsync(declared, FailureKind.BodyTooLarge, Phase.Admit);
        using var chunked = await app.PutAsync(name, Payload.Content(TestBody.Of(200_000), sized: false), small);
        await ProblemDocument.ExpectAsync(chunked, FailureKind.BodyTooLarge, Phase.Transfer);
        using var type = await app.PutAsync(name, Payload.Content(_gif), app.Desk.Decide("""{"mediaTypes":{"refuse":["image/*"]}}"""));
        await ProblemDocument.ExpectAsync(type, FailureKind.MediaTypeRefused, Phase.Route);
        using var contradiction = await app.PutAsync(
            name, Payload.Content("%PDF-1.7"u8.ToArray()), app.Desk.Decide("""{"mediaTypes":{"refuseContradiction":true}}"""),
            ("Content-Type", "image/gif"));
        await ProblemDocument.ExpectAsync(contradiction, FailureKind.MediaTypeRefused, Phase.Route);

        var once = app.Desk.Decide("""{"createOnly":true}""");
        using var first = await app.PutAsync(name, Payload.Content(_gif), once);
        using var second = await app.PutAsync(name, Payload.Content(_gif), once);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await ProblemDocument.ExpectAsync(second, FailureKind.PreconditionFailed, Phase.Admit);
    }

    [Theory]
    [InlineData("""{"refuse":{"reason":"Not on Sundays."}}""", 403)]
    [InlineData("""{"refuse":{"status":451,"reason":"Not on Sundays."}}""", 451)]
    [InlineData("""{"refuse":{"status":599,"reason":"Not on Sundays."}}""", 599)]
    public async Task What_it_refuses_goes_nowhere(string decision, int status)
    {
        var name = Name();
        using var answer = await app.PutAsync(name, Payload.Content(_gif, sized: false), app.Desk.Decide(decision));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(
            (status, "urn:sluice:problem:route-refused", "Not on Sundays."),
            ((int)answer.StatusCode, $"{problem.GetProperty("type")}", $"{problem.GetProperty("detail")}"));
        Assert.False(await app.Container.GetBlobClient(name).ExistsAsync(Cancelled));
    }

    // A redirect would take the question to somebody else; 401 is what a service says that holds another secret.
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(201)]
    public async Task Another_status_is_no_decision(int status)
    {
        var elsewhere = app.Service.At(static (context, _) => Task.CompletedTask);
        using var answer = await app.PutAsync(Name(), Payload.Content(_gif), app.Desk.Decide(async call =>
        {
            call.Context.Response.Headers.Location = $"/{elsewhere}";
            await call.AnswerAsync("{}", status);
        }));
        var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.PolicyInvalid, Phase.Route);
        Assert.Equal($"The answer of the policy service is {status}: it must be 200 with a decision, or 204.", problem.Detail);
        Assert.False(app.Service.HasSeen(elsewhere));
    }

    [Fact]
    public async Task An_upload_that_is_only_relayed_has_no_name()
    {
        var (mark, value) = app.Desk.Decide("""{"name":"a"}""");
        var path = app.Service.At(static (context, _) => Task.CompletedTask);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/relay/service/{path}") { Content = Payload.Content(_gif) };
        request.Headers.Add(mark, value);
        using var answer = await app.Client.SendAsync(request, Cancelled);

        var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.PolicyInvalid, Phase.Route);
        Assert.Equal("The answer of the policy service gives a container or a name to an upload that is only relayed.", problem.Detail);
        Assert.False(app.Service.HasSeen(path));
    }

    [Fact]
    public async Task The_apps_own_code_decides_first()
    {
        var (name, asked) = (Name(), new List<string?>());
        var mark = app.Desk.Decide(async call =>
        {
            asked.Add(call.Text("name"));
            await call.AnswerAsync($$"""{"name":"service/{{call.Text("name")}}"}""");
        });
        using var refused = await app.PutAsync(name, Payload.Content(_gif), mark, (PolicyServiceApp.Code, "refuse"));
        using var stored = await app.PutAsync(name, Payload.Content(_gif), mark, (PolicyServiceApp.Code, "code"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal($"/api/blobs/{app.Container.Name}/service/code/{name}", $"{stored.Headers.Location}");
        Assert.Equal([$"code/{name}"], asked);
    }

    [Fact]
    public async Task It_is_left_when_the_client_leaves()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var (mark, value) = app.Desk.Decide(async call =>
        {
            await using var told = call.Context.RequestAborted.Register(left.SetResult);
            await leave.CancelAsync();
            await left.Task.WaitAsync(SluiceFixture.Patience, Cancelled);
        });
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{Name()}")
        {
            Content = Payload.Content(_gif),
        };
        request.Headers.Add(mark, value);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Client.SendAsync(request, leave.Token));
        await left.Task.WaitAsync(SluiceFixture.Patience, Cancelled);
    }

    // What the kernel buffers of a connection is not in the process, and is far below this.
    [Fact]
    public async Task While_it_decides_nothing_reads_the_body()
    {
        // The rest of a refused body is read, so that the client gets the answer: less than Sluice:Body:DrainBytes.
        const long Bytes = 60_000_000;
        var (sent, seen) = (0L, 0L);
        var content = new UnsizedContent(async stream =>
        {
            for (var piece = new byte[65_536]; sent < Bytes; Interlocked.Add(ref sent, piece.Length))
                await stream.WriteAsync(piece, Cancelled);
        });
        using var answer = await app.PutAsync(Name(), content, app.Desk.Decide(async call =>
        {
            for (var before = -1L; before != Interlocked.Read(ref sent); await Task.Delay(500, Cancelled))
                before = Interlocked.Read(ref sent);
            seen = Interlocked.Read(ref sent);
            await call.AnswerAsync("""{"refuse":{"reason":"No."}}""");
        }));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.InRange(seen, 1, Bytes / 2);
    }

    private static string Name() => $"{Guid.NewGuid():N}";
}
