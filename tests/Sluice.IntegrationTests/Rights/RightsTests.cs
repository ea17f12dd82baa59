using System.Net;
using System.Text;
using System.Text.Json;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Rights;

/// <summary>What callers may do where there are rights, by every way in.</summary>
[Collection<OnRightsServer>]
public sealed class RightsTests(RightsServer server)
{
    private static readonly byte[] _png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The name as it goes out, and what its answer is: 201, or the failure.
    [Theory]
    [InlineData("ann", "users/ann/{0}", null)]
    [InlineData("ann", "users/ann/deep/{0}", null)]
    [InlineData("ann", "users%2Fann%2F{0}", null)]
    [InlineData("ann", "users%252Fann%252F{0}", null)]
    [InlineData("ann", "users/bob/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/annx/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/an/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/Ann/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "USERS/ann/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/ann./{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/ann%20/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users%5Cann%5C{0}", FailureKind.RightMissing)]
    [InlineData("ann", "{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/ann/../bob/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/ann/%2e%2e/bob/{0}", FailureKind.RightMissing)]
    [InlineData("ann", "users/ann/..%2Fbob/{0}", FailureKind.NameInvalid)]
    [InlineData("ann", "users/ann%2F..%2Fbob%2F{0}", FailureKind.NameInvalid)]
    [InlineData("ann", "users/ann%252F..%252Fbob%252F{0}", FailureKind.NameInvalid)]
    [InlineData("ann", "users/ann/..%5Cbob/{0}", FailureKind.NameInvalid)]
    [InlineData("ann/..", "users/{0}", FailureKind.RightMissing)]
    [InlineData("..", "users/bob/{0}", FailureKind.RightMissing)]
    [InlineData("bob/x", "users/bob/x/{0}", FailureKind.RightMissing)]
    [InlineData("%2e%2e", "users/bob/{0}", FailureKind.RightMissing)]
    [InlineData("{caller:id}", "users/{caller:id}/{0}", null)]
    public async Task A_right_is_for_a_folder_and_no_spelling_leads_out_of_it(string id, string name, FailureKind? refusal)
    {
        var unique = $"{Guid.NewGuid():N}";
        name = name.Replace("{0}", unique, StringComparison.Ordinal).Replace("{", "%7B", StringComparison.Ordinal)
            .Replace("}", "%7D", StringComparison.Ordinal);
        using var answer = await server.SendAsync(
            HttpMethod.Put, $"/api/blobs/{server.Container.Name}/{name}", Payload.Content([1]), 1, server.As(id));

        if (refusal is { } kind)
            await ProblemDocument.ExpectAsync(answer, kind, Phase.Admit);
        else
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(refusal is null, await IsStoredAsync(unique));
    }

    [Theory]
    [InlineData("PUT", "a/b", 201)]
    [InlineData("PUT", "a", 201)]
    [InlineData("PUT", "ab/c", 403)]
    [InlineData("PUT", "A/b", 403)]
    [InlineData("PUT", "b/a", 403)]
    [InlineData("GET", "?prefix=a/", 200)]
    [InlineData("GET", "?prefix=a/b", 200)]
    [InlineData("GET", "?prefix=a%2F..%2F", 200)]
    [InlineData("GET", "?prefix=a", 403)]
    [InlineData("GET", "?prefix=ab", 403)]
    [InlineData("GET", "?prefix=ab/", 403)]
    [InlineData("GET", "?prefix=A/", 403)]
    [InlineData("GET", "?prefix=", 403)]
    [InlineData("GET", "?prefix=&delimiter=/", 403)]
    [InlineData("GET", "", 403)]
    public async Task A_folder_is_no_prefix_of_other_names(string method, string path, int status)
    {
        var separator = path.Length > 0 && path[0] != '?' ? "/" : "";
        using var answer = await server.SendAsync(
            HttpMethod.Parse(method), $"/api/blobs/{server.Container.Name}{separator}{path}",
            method == "PUT" ? Payload.Content([1]) : null, 1, server.As($"{Guid.NewGuid():N}", ("roles", "Boxed")));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    public static TheoryData<string> Ways =>
    [
        "PUT", "POST", "form", "rule", "tee", "relay", "GET", "HEAD", "DELETE", "list", "tus", "IETF", "concatenation", "chunked",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Without_a_right_nobody_comes_in(string way)
    {
        var name = $"{Guid.NewGuid():N}";
        await server.Container.UploadBlobAsync($"users/bob/{name}", new BinaryData("there"), Token);
        foreach (var (who, headers) in ((string, (string, string)[])[])[
            ("another", [server.As("ann", ("area", "users/bob"))]), ("unidentified", RightsServer.Unidentified)])
        {
            // An unidentified caller has no name for an upload; that is found first.
            if (who == "unidentified" && way is "tus" or "IETF" or "concatenation" or "tee")
                continue;
            using var answer = await SendAsync(way, name, headers);

            if (way == "HEAD")
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            else
                // It says which right, and nothing of the place: a rule may have chosen it.
                Assert.Matches(
                    "^The caller does not have the right '[a-z]+' (here|for this target)\\.$",
                    (await ProblemDocument.ExpectAsync(answer, FailureKind.RightMissing, Phase.Admit)).Detail);
        }

        Assert.Equal("there"u8.ToArray(), await server.VisibleAsync($"users/bob/{name}"));
        Assert.DoesNotContain(server.Service.Log, line => line.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_a_body_is_asked_for_that_will_be_refused()
    {
        var wasAsked = false;
        using var content = new UnsizedContent(async stream =>
        {
            wasAsked = true;
            await stream.WriteAsync(new byte[1], Token);
        });
        using var answer = await server.PutAsync("users/bob/asked", content, server.As("ann"), ("Expect", "100-continue"));

        await ProblemDocument.ExpectAsync(answer, FailureKind.RightMissing, Phase.Admit);
        Assert.False(wasAsked);
    }

    [Fact]
    public async Task A_right_has_limits_of_its_own()
    {
        var red = server.As("ann", ("team", "red"));
        using var stored = await server.PutAsync("teams/red/a.png", new ByteArrayContent(_png), red);
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        using var other = await server.PutAsync("teams/blue/a.png", new ByteArrayContent(_png), red);
        await ProblemDocument.ExpectAsync(other, FailureKind.RightMissing, Phase.Admit);
        using var text = await server.PutAsync("teams/red/a.txt", new StringContent("text"), red);
        await ProblemDocument.ExpectAsync(text, FailureKind.MediaTypeRefused, Phase.Route);
        using var large = await server.PutAsync("teams/red/b.png", Payload.Content([.. _png, .. new byte[100]]), red);
        Assert.Equal(100, (await ProblemDocument.ExpectAsync(large, FailureKind.BodyTooLarge, Phase.Admit)).LimitBytes);
        using var endless = await server.PutAsync("teams/red/b.png", Payload.Content([.. _png, .. new byte[100]], sized: false), red);
        await ProblemDocument.ExpectAsync(endless, FailureKind.BodyTooLarge, Phase.Transfer);
        Assert.Null(await server.VisibleAsync("teams/red/b.png"));
    }

    [Fact]
    public async Task A_role_opens_what_is_its_own()
    {
        await server.Container.UploadBlobAsync("users/bob/read", new BinaryData("there"), Token);
        var auditor = server.As("eve", ("roles", "Auditor"));
        using var read = await server.GetAsync("users/bob/read", auditor);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var list = await server.SendAsync(HttpMethod.Get, $"/api/blobs/{server.Container.Name}", null, 1, auditor);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        using var write = await server.PutAsync("users/bob/read", Payload.Content([1]), auditor);
        await ProblemDocument.ExpectAsync(write, FailureKind.RightMissing, Phase.Admit);
        using var relay = await server.SendAsync(HttpMethod.Get, "/api/relay/service/a", null, 1, server.As("eve", ("roles", "Relayer")));
        Assert.Equal(HttpStatusCode.OK, relay.StatusCode);
    }

    [Fact]
    public async Task A_tee_needs_both_rights()
    {
        using var answer = await server.SendAsync(
            HttpMethod.Put, "/api/ingest/tee", Payload.Content([1]), 1, server.As("tea", ("roles", "Relayer")));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.NotNull(await server.VisibleAsync("users/tea/teed"));
    }

    [Fact]
    public async Task What_is_passed_on_later_needs_both_rights_now()
    {
        using var refused = await server.SendAsync(HttpMethod.Put, "/api/ingest/later", Payload.Content([1]), 1, server.As("lea"));
        await ProblemDocument.ExpectAsync(refused, FailureKind.RightMissing, Phase.Admit);
        Assert.Null(await server.VisibleAsync("users/lea/later"));

        using var answer = await server.SendAsync(
            HttpMethod.Put, "/api/ingest/later", Payload.Content([1]), 1, server.As("lea", ("roles", "Relayer")));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("open", 201)]
    [InlineData("OPEN", 201)]
    [InlineData("closed", 403)]
    public async Task A_webhook_is_its_source(string source, int status)
    {
        var id = $"{Guid.NewGuid():N}";
        using var answer = await server.SendAsync(
            HttpMethod.Post, $"/api/hooks/{source}", new StringContent($$"""{"id":"{{id}}"}""", Encoding.UTF8, "application/json"), 1,
            RightsServer.Unidentified);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 201, await IsStoredAsync(id));
    }

    [Theory]
    [InlineData("?container={c}&name=users/ann/x", "ann", "own", null)]
    [InlineData("?container={c}&name=users/bob/x", "ann", null, "right-missing")]
    [InlineData("?container={c}&name=teams/red/x", "ann", "team", "media-type-refused")]
    [InlineData("?path=to/x", "ann", "own", null)]
    [InlineData("?path=to/x", "bob", null, "right-missing")]
    [InlineData("", "ann", null, null)]
    public async Task A_peek_says_which_right_decides(string query, string id, string? right, string? problem)
    {
        using var answer = await server.SendAsync(
            HttpMethod.Post, "/api/peek" + query.Replace("{c}", server.Container.Name, StringComparison.Ordinal),
            new StringContent("text"), 1, server.As(id, ("team", "red")), ("X-Name-Of", "ann"));

        var would = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token)).GetProperty("would");
        Assert.Equal(
            (right, problem is null ? null : $"urn:sluice:problem:{problem}"),
            (would.TryGetProperty("right", out var by) ? by.GetString() : null,
                would.TryGetProperty("problem", out var why) ? why.GetString() : null));
    }

    private Task<HttpResponseMessage> SendAsync(string way, string name, (string, string)[] headers)
    {
        var (container, path) = (server.Container.Name, server.PathOf($"users/bob/{name}"));
        return way switch
        {
            "PUT" or "POST" => server.SendAsync(HttpMethod.Parse(way), path, Payload.Content([1]), 1, headers),
            "form" => server.SendAsync(
                HttpMethod.Post, $"/api/blobs/{container}?prefix=users/bob/",
                new MultipartFormDataContent { { new ByteArrayContent([1]), "file", name } }, 1, headers),
            "rule" => server.SendAsync(
                HttpMethod.Put, $"/api/ingest/to/{name}", Payload.Content([1]), 1, [.. headers, ("X-Name-Of", "bob")]),
            "tee" => server.SendAsync(HttpMethod.Put, "/api/ingest/tee", Payload.Content([1]), 1, headers),
            "relay" => server.SendAsync(HttpMethod.Post, $"/api/relay/service/{name}", Payload.Content([1]), 1, headers),
            "GET" or "HEAD" or "DELETE" => server.SendAsync(HttpMethod.Parse(way), path, null, 1, headers),
            "list" => server.SendAsync(HttpMethod.Get, $"/api/blobs/{container}?prefix=users/bob/", null, 1, headers),
            "chunked" => server.SendAsync(
                HttpMethod.Put, path, new ByteArrayContent([]), 1,
                [.. headers, ("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", "1")]),
            "tus" => server.SendAsync(
                HttpMethod.Post, "/api/files", new ByteArrayContent([]), 1,
                [.. headers, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "1")]),
            "IETF" => server.SendAsync(HttpMethod.Post, "/api/files", Payload.Content([1]), 1, [.. headers, ("Upload-Complete", "?1")]),
            _ => ConcatenateAsync(headers),
        };
    }

    // A part has no place of its own; what is made of the parts has.
    private async Task<HttpResponseMessage> ConcatenateAsync((string, string)[] headers)
    {
        using var part = await server.SendAsync(
            HttpMethod.Post, "/api/files", new ByteArrayContent([]), 1,
            [.. headers, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "0"), ("Upload-Concat", "partial")]);
        Assert.Equal(HttpStatusCode.Created, part.StatusCode);
        return await server.SendAsync(
            HttpMethod.Post, "/api/files", new ByteArrayContent([]), 1,
            [.. headers, ("Tus-Resumable", "1.0.0"), ("Upload-Concat", $"final;{part.Headers.Location}")]);
    }

    private async Task<bool> IsStoredAsync(string part)
    {
        await foreach (var blob in server.Container.GetBlobsAsync(cancellationToken: Token))
        {
            if (blob.Name.Contains(part, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
