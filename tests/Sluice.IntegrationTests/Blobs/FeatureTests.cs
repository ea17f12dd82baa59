using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;
using Sluice.IntegrationTests.Multipart;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Blobs;

/// <summary>Access tiers and index tags of stored bodies, for every way in. What Azurite does not keep is in <c>FeatureCommitTests</c>.</summary>
public sealed class FeatureTests(FeatureServer server) : IClassFixture<FeatureServer>
{
    private static readonly byte[] _body = """{"a":"hook"}"""u8.ToArray();

    // The way in, what the client asks for, and the tier and the tag "from" that the blob has then.
    public static TheoryData<string, string?, string?, string, string> Ways { get; } = new()
    {
        { "put", null, null, "Cool", "container" },
        { "put", "hot", "from=client", "Hot", "client" },
        { "large", "Cold", "from=client", "Cold", "client" },
        { "form", null, "from=a+b", "Cool", "a b" },
        { "ingest", "Cold", "from=client", "Hot", "rule t1" },
        { "hook", null, null, "Cool", "hook" },
        { "tus", "Hot", "from=client", "Hot", "client" },
        { "tus", null, null, "Cool", "container" },
        { "draft", "Hot", "from=client", "Hot", "client" },
        { "logicapps", "Hot", "from=client", "Hot", "client" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_blob_has_its_tier_and_its_tags(string way, string? tier, string? tags, string storedTier, string from)
    {
        var name = $"{Guid.NewGuid():N}";
        var body = way == "large" ? Payload.Random(3_000_000) : _body;
        List<(string, string)> headers = [("X-Tenant", "t1")];
        if (tier is not null)
            headers.Add(("x-ms-access-tier", tier));
        if (tags is not null)
            headers.Add(("x-ms-tags", tags));

        name = await SendAsync(way, name, body, [.. headers]);

        var blob = server.Container.GetBlobClient(name);
        var properties = (await blob.GetPropertiesAsync(null, TestContext.Current.CancellationToken)).Value;
        Assert.Equal(storedTier, properties.AccessTier);
        var stored = (await blob.GetTagsAsync(null, TestContext.Current.CancellationToken)).Value.Tags;
        Assert.Equal(
            (from, properties.ContentType.Split(';')[0], way == "ingest" ? "30" : "7"),
            (stored["from"], stored["type"], stored["deleteAfterDays"]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), stored["digest"]);
    }

    [Theory]
    [InlineData("x-ms-access-tier", "Warm", "x-ms-access-tier must be one of Hot, Cool, Cold, Archive.")]
    [InlineData("x-ms-tags", "a", "x-ms-tags must be name=value pairs, separated by '&' and encoded as a query.")]
    [InlineData("x-ms-tags", "a=1&a=2", "x-ms-tags has a name twice.")]
    [InlineData("x-ms-tags", "=1", "x-ms-tags can't be stored: the name of an index tag has 1 to 128 letters, digits, spaces and + - . / : = _.")]
    [InlineData("x-ms-tags", "a=%26", "x-ms-tags can't be stored: the value of an index tag has at most 256 letters, digits, spaces and + - . / : = _.")]
    [InlineData("x-ms-tags", "deleteAfterDays=1", "x-ms-tags can't be stored: the index tag deleteAfterDays is set by the setting of that name.")]
    [InlineData("x-ms-tags", "a=1&b=1&c=1&d=1&e=1&f=1&g=1", "The blob would have 11 index tags; the maximum is 10.")]
    [InlineData("x-ms-tags", "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1", "x-ms-tags can't be stored: The blob would have 11 index tags; the maximum is 10.")]
    public async Task What_storage_would_refuse_is_refused_before_the_body(string header, string value, string says)
    {
        using var put = await server.PutAsync("refused", Payload.Content(_body, sized: false), (header, value));
        Assert.Equal(says, (await ProblemDocument.ExpectAsync(put, FailureKind.HeaderInvalid, Phase.Admit)).Detail);
        using var tus = await server.SendAsync(
            HttpMethod.Post, "/api/files", null, 1, [("Tus-Resumable", "1.0.0"), ("Upload-Length", "1"), (header, value)]);
        Assert.Equal(says, (await ProblemDocument.ExpectAsync(tus, FailureKind.HeaderInvalid, Phase.Admit)).Detail);
        Assert.Null(await server.VisibleAsync("refused"));
    }

    // Its blob has to be deleted as soon as it has been copied.
    [Fact]
    public async Task A_concatenation_has_them_and_its_parts_do_not()
    {
        var (name, parts) = ($"{Guid.NewGuid():N}", new List<string>());
        for (var i = 0; i < 2; i++)
        {
            using var created = await server.SendAsync(
                HttpMethod.Post, "/api/files", null, 1,
                [("Tus-Resumable", "1.0.0"), ("Upload-Length", $"{_body.Length}"), ("Upload-Concat", "partial"), ("x-ms-tags", "from=part")]);
            await AppendAsync($"{created.Headers.Location}", ("Content-Type", "application/offset+octet-stream"));
            parts.Add($"{created.Headers.Location}");
        }

        using var whole = await server.SendAsync(
            HttpMethod.Post, "/api/files", null, 1,
            [
                ("Tus-Resumable", "1.0.0"), ("Upload-Concat", $"final;{string.Join(' ', parts)}"),
                ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"), ("x-ms-tags", "from=whole")
            ]);

        Assert.Equal(System.Net.HttpStatusCode.Created, whole.StatusCode);
        var stored = await server.Container.GetBlobClient(await NameOf(name)).GetTagsAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(("whole", "7"), (stored.Value.Tags["from"], stored.Value.Tags["deleteAfterDays"]));
    }

    private async Task<string> SendAsync(string way, string name, byte[] body, (string, string)[] headers)
    {
        using var answer = way switch
        {
            "put" or "large" => await server.PutAsync(name, Payload.Content(body, sized: false), headers),
            "form" => await server.SendAsync(
                HttpMethod.Post, $"/api/blobs/{server.Container.Name}", new ChromiumForm().File("f", name, body).Content(), 1, headers),
            "ingest" => await server.SendAsync(HttpMethod.Put, $"/api/ingest/{name}", Payload.Content(body, sized: false), 1, headers),
            "hook" => await server.SendAsync(
                HttpMethod.Post, "/api/hooks/github", Payload.Content(body, sized: false), 1, [.. HookServer.Headers(name, body)]),
            "tus" => await server.SendAsync(
                HttpMethod.Post, "/api/files", null, 1,
                [
                    ("Tus-Resumable", "1.0.0"), ("Upload-Length", $"{body.Length}"),
                    ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"), .. headers
                ]),
            "draft" => await server.SendAsync(
                HttpMethod.Post, "/api/files", Payload.Content(body, sized: false), 1,
                [("Upload-Complete", "?1"), ("Content-Disposition", $"attachment; filename=\"{name}\""), .. headers]),
            _ => await server.PutAsync(
                name, null, [("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", $"{body.Length}"), .. headers]),
        };
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        if (way == "tus")
            await AppendAsync($"{answer.Headers.Location}", ("Content-Type", "application/offset+octet-stream"));
        if (way == "logicapps")
            await AppendAsync($"{answer.Headers.Location}", ("Content-Range", $"bytes=0-{_body.Length - 1}/{_body.Length}"));
        return await NameOf(name);
    }

    private async Task AppendAsync(string location, (string, string) header)
    {
        var path = new Uri(server.Address(), location).PathAndQuery;
        (string, string)[] tus = header.Item1 == "Content-Type" ? [("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0")] : [];
        using var answer = await server.SendAsync(HttpMethod.Patch, path, new ByteArrayContent(_body), 1, [.. tus, header]);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    // Some ways put the name into a folder.
    private async Task<string> NameOf(string name) => (await server.Container
        .GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, default, null, TestContext.Current.CancellationToken)
        .FirstAsync(blob => blob.Name.EndsWith(name, StringComparison.Ordinal), TestContext.Current.CancellationToken)).Name;
}
