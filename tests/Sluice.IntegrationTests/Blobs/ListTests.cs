using System.Text.Json;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Blobs;

/// <summary>What is listed, page by page.</summary>
[Collection<OnBlobServer>]
public sealed class ListTests(BlobServer server)
{
    private readonly string _folder = $"listed/{Guid.NewGuid():N}/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_is_listed_with_what_is_known_of_it()
    {
        var put = await server.AskAsync(
            HttpMethod.Put, server.PathOf($"{_folder}a b+c%\u00FC&\".txt"),
            new ByteArrayContent([1, 2, 3]) { Headers = { { "Content-Type", "text/csv" }, { "Content-Encoding", "br" } } });
        Assert.Equal(201, put.Status);

        var list = await ListAsync($"?prefix={_folder}");

        var page = JsonElement.Parse(list.Body);
        Assert.Equal((server.Container.Name, _folder), (list.Text("container"), list.Text("prefix")));
        var item = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(
            ($"{_folder}a b+c%\u00FC&\".txt", 3, put.Text("etag"), "text/csv", "br"),
            (
                item.GetProperty("name").GetString(), item.GetProperty("bytes").GetInt64(), item.GetProperty("etag").GetString(),
                item.GetProperty("contentType").GetString(), item.GetProperty("contentEncoding").GetString()));
        Assert.Equal(put.Header("Last-Modified"), item.GetProperty("lastModified").GetDateTimeOffset().ToString("R"));
        Assert.Equal(("application/json", "no-store"), (list.Header("Content-Type"), list.Header("Cache-Control")));
        Assert.False(page.TryGetProperty("next", out _));
        Assert.Null(list.Header("Link"));
    }

    [Fact]
    public async Task A_list_comes_page_by_page()
    {
        var names = Enumerable.Range(0, 25).Select(i => $"{_folder}{i:00}").ToList();
        foreach (var name in names)
            await server.SeedAsync(name);

        var (seen, sizes) = (new List<string>(), new List<int>());
        var path = $"{server.List}?prefix={_folder}&limit=10&other=x";
        for (var next = ""; next is not null;)
        {
            var list = await server.AskAsync(HttpMethod.Get, path);
            Assert.Equal(200, list.Status);
            var page = Names(list);
            sizes.Add(page.Count);
            seen.AddRange(page);
            next = JsonElement.Parse(list.Body).TryGetProperty("next", out var token) ? token.GetString() : null;

            // The address of the next page has nothing of the query that does not belong to the list: it may be a key.
            var folder = Uri.EscapeDataString(_folder);
            Assert.Equal(
                next is null ? null : $"<{server.List}?limit=10&prefix={folder}&continuation={next}>; rel=\"next\"", list.Header("Link"));
            path = list.Header("Link")?.Split('<', '>')[1] ?? "";
        }

        Assert.Equal(names, seen);
        Assert.Equal([10, 10, 5], sizes);
    }

    [Fact]
    public async Task A_list_by_folders_has_what_is_directly_in_one()
    {
        foreach (var name in (string[])["a.txt", "b/one", "b/two/three", "c/d/e", "z.txt"])
            await server.SeedAsync($"{_folder}{name}");

        var folder = await ListAsync($"?prefix={_folder}&delimiter=/");
        var within = await ListAsync($"?prefix={_folder}b/&delimiter=%2F");
        var first = await ListAsync($"?prefix={_folder}&delimiter=/&limit=2");
        var rest = await ListAsync($"?prefix={_folder}&delimiter=/&limit=2&continuation={first.Text("next")}");

        Assert.Equal([$"{_folder}a.txt", $"{_folder}z.txt"], Names(folder));
        Assert.Equal([$"{_folder}b/", $"{_folder}c/"], Prefixes(folder));
        Assert.Equal([$"{_folder}b/one"], Names(within));
        Assert.Equal([$"{_folder}b/two/"], Prefixes(within));
        Assert.Equal(Names(folder), [.. Names(first), .. Names(rest)]);
        Assert.Equal(Prefixes(folder), [.. Prefixes(first), .. Prefixes(rest)]);
    }

    [Fact]
    public async Task HEAD_says_the_same_without_the_page()
    {
        await server.SeedAsync($"{_folder}a");
        await server.SeedAsync($"{_folder}b");

        var (got, head) = (
            await ListAsync($"?prefix={_folder}&limit=1"),
            await server.AskAsync(HttpMethod.Head, $"{server.List}?prefix={_folder}&limit=1"));

        Assert.Equal((200, ""), (head.Status, head.Body));
        foreach (var name in (string[])["Content-Type", "Content-Length", "Cache-Control", "Link"])
            Assert.Equal(got.Header(name), Assert.IsType<string>(head.Header(name)));
    }

    [Fact]
    public async Task A_folder_of_nothing_is_an_empty_page()
    {
        var list = await ListAsync($"?prefix={_folder}");

        Assert.Empty(Names(list));
        Assert.Empty(Prefixes(list));
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=1&limit=2")]
    [InlineData("?delimiter=.")]
    [InlineData("?prefix=a%00b")]
    [InlineData("?continuation=")]
    [InlineData("?continuation=abcdefghijklmnop")]
    public async Task A_query_that_can_t_be_meant_is_refused(string query)
    {
        var refused = await ListAsync(query);

        Assert.Equal(("400 query-invalid", "admit"), (refused.Problem, refused.Text("phase")));
    }

    [Fact]
    public async Task A_continuation_of_another_list_is_refused()
    {
        await server.SeedAsync($"{_folder}a");
        await server.SeedAsync($"{_folder}b");
        var next = (await ListAsync($"?prefix={_folder}&limit=1")).Text("next");

        Assert.Equal([$"{_folder}b"], Names(await ListAsync($"?prefix={_folder}&continuation={next}")));
        foreach (var other in (string[])["", $"prefix={_folder}a&", $"prefix={_folder}&delimiter=/&"])
            Assert.Equal("400 query-invalid", (await ListAsync($"?{other}continuation={next}")).Problem);
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("$root")]
    [InlineData("%2F")]
    public async Task A_container_that_is_not_open_here_is_not_found(string container)
    {
        foreach (var query in (string[])["", "?limit=0"])
            Assert.Equal("404 container-unknown", (await server.AskAsync(HttpMethod.Get, $"/api/blobs/{container}{query}")).Problem);
    }

    [Theory]
    [InlineData("PATCH", "GET, HEAD, POST")]
    [InlineData("OPTIONS", "GET, HEAD, POST")]
    public async Task Another_method_is_told_which_there_are(string method, string allow)
    {
        var refused = await server.AskAsync(HttpMethod.Parse(method), server.List);

        Assert.Equal(("405 method-refused", allow), (refused.Problem, refused.Header("Allow")));
    }

    [Fact]
    public async Task What_is_unfinished_is_not_listed()
    {
        var (_, name) = await server.BeginUploadAsync();
        var part = $"partial-uploads/{Guid.NewGuid():N}";
        await server.SeedAsync(part);
        await server.SeedAsync($"{part}-of-somebody");

        Assert.Empty(Names(await ListAsync($"?prefix={Uri.EscapeDataString(name)}")));
        Assert.Equal([$"{part}-of-somebody"], Names(await ListAsync($"?prefix={part}")));
    }

    private Task<Answer> ListAsync(string query) => server.AskAsync(HttpMethod.Get, server.List + query);

    private static List<string> Names(Answer list) => [
        .. JsonElement.Parse(list.Body).GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("name").GetString()!),
    ];

    private static List<string> Prefixes(Answer list) => [
        .. JsonElement.Parse(list.Body).GetProperty("prefixes").EnumerateArray().Select(static prefix => prefix.GetString()!),
    ];
}
