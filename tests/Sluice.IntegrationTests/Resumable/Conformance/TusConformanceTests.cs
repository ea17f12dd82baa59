using System.Globalization;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Resumable.Conformance;

/// <summary>Rules of tus 1.0.0, core protocol and creation, that no other test holds. docs/protocol.md has all rules.</summary>
[Collection<OnFilesServer>]
public sealed class TusConformanceTests(FilesServer server)
{
    [Theory]
    [InlineData("0.2.2")]
    [InlineData("")]
    public async Task Options_is_answered_whatever_version_it_names(string version)
    {
        var answer = await server.AskAsync(HttpMethod.Options, FilesServer.Files, null, ("Tus-Resumable", version));

        Assert.Equal((200, "1.0.0"), (answer.Status, answer.Header("Tus-Version")));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task Another_version_is_refused_before_anything_else_is_looked_at(string method)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));
        foreach (var target in (string[])[path, $"{FilesServer.Files}/unknown"])
        {
            var answer = await server.AskAsync(
                HttpMethod.Parse(method), target, method == "PATCH" ? FilesServer.Bytes("hello"u8.ToArray(), FilesServer.TusBytes) : null,
                ("Tus-Resumable", "0.2.2"), ("Upload-Offset", "0"));

            Assert.Equal((412, "1.0.0", "1.0.0"), (answer.Status, answer.Header("Tus-Version"), answer.Header("Tus-Resumable")));
        }

        Assert.Equal(0, await server.OffsetAsync(path));
    }

    [Theory]
    [InlineData("PUT", "/api/files", 405)]
    [InlineData("PUT", "/api/files/some", 405)]
    [InlineData("PATCH", "/api/files/some/more", 404)]
    public async Task A_refusal_by_the_routing_names_the_version(string method, string path, int status)
    {
        var answer = await server.TusAsync(HttpMethod.Parse(method), path);

        Assert.Equal((status, "1.0.0"), (answer.Status, answer.Header("Tus-Resumable")));
    }

    [Fact]
    public async Task A_refusal_of_broken_framing_names_the_version()
    {
        Hosts.DifferIn(HostDifference.FramingIsTheHosts);
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync($"POST {FilesServer.Files} HTTP/1.1\nTus-Resumable: 1.0.0\nTransfer-Encoding: gzip, chunked");

        var answer = await client.ReadAnswerAsync();

        Assert.Equal((501, "1.0.0"), (answer.Status, answer.Header("Tus-Resumable")));
    }

    // No method but POST stands for another one. None is carried out where another one is named.
    [Theory]
    [InlineData("GET", "DELETE")]
    [InlineData("HEAD", "DELETE")]
    [InlineData("PATCH", "DELETE")]
    [InlineData("DELETE", "PATCH")]
    [InlineData("POST", "PUT")]
    [InlineData("POST", "GET")]
    public async Task A_method_that_does_not_stand_for_another_one_is_not_carried_out_in_its_place(string method, string named)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));

        var answer = await server.TusAsync(
            HttpMethod.Parse(method), path, method == "PATCH" ? FilesServer.Bytes("hello"u8.ToArray(), FilesServer.TusBytes) : null,
            ("X-HTTP-Method-Override", named), ("Upload-Offset", "0"));

        Assert.Equal((405, "POST, HEAD, GET, PATCH, DELETE, OPTIONS"), (answer.Status, answer.Header("Allow")));
        Assert.Equal(0, await server.OffsetAsync(path));
    }

    [Fact]
    public async Task Where_another_method_is_named_nothing_is_created()
    {
        var named = ("X-HTTP-Method-Override", "PATCH");

        var answer = await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", "5"), named);

        Assert.Equal(("405 method-refused", "POST, OPTIONS"), (answer.Problem, answer.Header("Allow")));
        Assert.Equal(
            412, (await server.AskAsync(HttpMethod.Post, FilesServer.Files, null, ("Tus-Resumable", "0.2.2"), named)).Status);
    }

    [Theory]
    [InlineData("HEAD", "pAtCh")]
    [InlineData("PATCH", "PATCH")]
    public async Task A_method_that_names_itself_is_itself_and_its_case_does_not_matter(string method, string named)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));

        var answer = await server.TusAsync(
            method == named ? HttpMethod.Patch : HttpMethod.Post, path, FilesServer.Bytes("hello"u8.ToArray(), FilesServer.TusBytes),
            ("X-HTTP-Method-Override", named), ("Upload-Offset", "0"));

        Assert.Equal((204, "5"), (answer.Status, answer.Header("Upload-Offset")));
    }

    [Theory]
    [InlineData("HEAD", false, 404)]
    [InlineData("PATCH", false, 404)]
    [InlineData("DELETE", false, 404)]
    [InlineData("HEAD", true, 410)]
    [InlineData("PATCH", true, 410)]
    [InlineData("DELETE", true, 410)]
    public async Task What_is_not_there_has_no_offset_and_no_cache_keeps_that(string method, bool existed, int status)
    {
        var path = $"{FilesServer.Files}/nothing";
        if (existed)
        {
            path = await server.CreateTusAsync(("Upload-Length", "5"));
            Assert.Equal(204, (await server.TusAsync(HttpMethod.Delete, path)).Status);
        }

        var answer = await server.TusAsync(
            HttpMethod.Parse(method), path, method == "PATCH" ? FilesServer.Bytes("hello"u8.ToArray(), FilesServer.TusBytes) : null,
            ("Upload-Offset", "0"));

        Assert.Equal(
            (status, null, "no-store"), (answer.Status, answer.Header("Upload-Offset"), answer.Header("Cache-Control")));
        Assert.Null(answer.Header("Upload-Expires"));
    }

    // 0: the answer to the last request was lost, and it is sent again.
    [Theory]
    [InlineData("0", "hello")]
    [InlineData("0", "")]
    [InlineData("4", "")]
    [InlineData("6", "")]
    [InlineData("99999999999999999999", "x")]
    public async Task Another_offset_is_a_conflict_after_the_end_too(string offset, string bytes)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));
        var complete = await server.PatchTusAsync(path, 0, "world"u8.ToArray());

        var answer = await server.TusAsync(
            HttpMethod.Patch, path, FilesServer.Bytes(System.Text.Encoding.ASCII.GetBytes(bytes), FilesServer.TusBytes),
            ("Upload-Offset", offset));

        Assert.Equal(("409 mismatching-upload-offset", "5"), (answer.Problem, answer.Header("Upload-Offset")));
        Assert.Equal("world"u8.ToArray(), await server.StoredAsync(complete));
    }

    [Theory]
    [InlineData("99999999999999999999", 413)]
    [InlineData("9223372036854775808", 413)]
    [InlineData("", 400)]
    [InlineData("-0", 400)]
    [InlineData("+5", 400)]
    [InlineData("5.0", 400)]
    [InlineData("0x10", 400)]
    [InlineData("5, 5", 400)]
    public async Task A_length_that_is_no_number_or_none_that_may_be_creates_nothing(string length, int status)
    {
        var created = await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", length));
        Assert.Equal((status, null), (created.Status, created.Header("Location")));

        var path = await server.CreateTusAsync(("Upload-Defer-Length", "1"));
        Assert.Equal(status, (await server.PatchTusAsync(path, 0, "hello"u8.ToArray(), ("Upload-Length", length))).Status);
        Assert.Equal((0L, null), await LengthAsync(path));
    }

    [Fact]
    public async Task Zeros_before_a_length_are_no_matter() =>
        Assert.Equal((0L, "7"), await LengthAsync(await server.CreateTusAsync(("Upload-Length", "0007"))));

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("01")]
    [InlineData("?1")]
    [InlineData("1, 1")]
    public async Task A_length_is_deferred_by_one_value_only(string value) => Assert.Equal(
        "400 header-invalid",
        (await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Defer-Length", value))).Problem);

    [Fact]
    public async Task A_length_that_is_not_deferred_any_more_is_told_and_may_be_repeated_but_not_changed()
    {
        var path = await server.CreateTusAsync(("Upload-Defer-Length", "1"));

        var told = await server.PatchTusAsync(path, 0, [], ("Upload-Length", "10"));
        Assert.Equal((204, "0", "10"), (told.Status, told.Header("Upload-Offset"), told.Header("Upload-Length")));
        Assert.Equal((0L, "10"), await LengthAsync(path));

        Assert.Equal(204, (await server.PatchTusAsync(path, 0, "hello"u8.ToArray(), ("Upload-Length", "10"))).Status);
        Assert.Equal(
            "400 inconsistent-upload-length", (await server.PatchTusAsync(path, 5, "x"u8.ToArray(), ("Upload-Length", "6"))).Problem);
        Assert.Equal((5L, "10"), await LengthAsync(path));

        Assert.Equal(204, (await server.PatchTusAsync(path, 5, "world"u8.ToArray())).Status);
        Assert.Equal("400 inconsistent-upload-length", (await server.PatchTusAsync(path, 10, [], ("Upload-Length", "11"))).Problem);
    }

    [Fact]
    public async Task A_length_that_was_told_at_first_may_be_repeated_but_not_changed()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "10"));

        Assert.Equal(204, (await server.PatchTusAsync(path, 0, "hello"u8.ToArray(), ("Upload-Length", "10"))).Status);
        Assert.Equal(
            "400 inconsistent-upload-length", (await server.PatchTusAsync(path, 5, "x"u8.ToArray(), ("Upload-Length", "11"))).Problem);
        Assert.Equal((5L, "10"), await LengthAsync(path));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key ")]
    [InlineData("a YQ==,b ,c")]
    [InlineData("a YQ==, b Yg==")]
    [InlineData("a-b.c/d!%: YQ==")]
    [InlineData("binary AAEC/w==")]
    public async Task Metadata_by_the_grammar_is_returned_as_it_came(string metadata)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"), ("Upload-Metadata", metadata));
        Assert.Equal(metadata.Trim(), (await server.TusAsync(HttpMethod.Head, path)).Header("Upload-Metadata"));

        await server.PatchTusAsync(path, 0, "hello"u8.ToArray());
        Assert.Equal(metadata.Trim(), (await server.TusAsync(HttpMethod.Head, path)).Header("Upload-Metadata"));
    }

    [Theory]
    [InlineData(",")]
    [InlineData("a YQ==,")]
    [InlineData(",a YQ==")]
    [InlineData("a YQ==,,b Yg==")]
    [InlineData("a YQ==,a Yg==")]
    [InlineData("a YQ==,A Yg==")]
    [InlineData("a,a")]
    [InlineData("a YW Jj")]
    [InlineData("a YQ")]
    [InlineData("a _-8=")]
    [InlineData("a =")]
    [InlineData("a YQ==;b Yg==")]
    [InlineData("größe YQ==")]
    [InlineData("a größe")]
    public async Task Metadata_beyond_the_grammar_creates_nothing(string metadata)
    {
        if (!metadata.All(char.IsAscii))
            Hosts.DifferIn(HostDifference.FieldBytes);

        Assert.Equal(
            "400 header-invalid",
            (await server.TusAsync(
                HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", "5"), ("Upload-Metadata", metadata))).Problem);
    }

    // What becomes a field of the blob's responses has no line breaks, and the name no folders of its own.
    [Fact]
    public async Task Values_are_made_safe_before_they_become_fields_or_names()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"), (
            "Upload-Metadata",
            $"filename {FilesServer.Base64("../../a\r\nSet-Cookie: b")},filetype {FilesServer.Base64("text/plain\r\nX-Evil: 1")},"
                + $"owner {FilesServer.Base64("me\r\nX-Evil: 1")}"));
        var complete = await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        using var stored = await server.SendAsync(HttpMethod.Get, complete.Header("Content-Location")!);

        Assert.Equal(200, (int)stored.StatusCode);
        Assert.Equal("application/octet-stream", $"{stored.Content.Headers.ContentType}");
        Assert.All(
            (string[])["Set-Cookie", "X-Evil", "x-ms-meta-owner"], name => Assert.False(stored.Headers.Contains(name), name));
        Assert.DoesNotContain("/../", complete.Header("Content-Location"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Bytes_of_another_media_type_create_nothing(string? mediaType)
    {
        var content = new ByteArrayContent("hello"u8.ToArray());
        content.Headers.ContentType = mediaType is null ? null : new(mediaType);

        Assert.Equal(
            "415 media-type-refused",
            (await server.TusAsync(HttpMethod.Post, FilesServer.Files, content, ("Upload-Length", "5"))).Problem);
    }

    // The offset, and the length where it is known: the one or the other field, never both.
    private async Task<(long Offset, string? Length)> LengthAsync(string path)
    {
        var head = await server.TusAsync(HttpMethod.Head, path);
        var length = head.Header("Upload-Length");
        Assert.Equal(length is null ? "1" : null, head.Header("Upload-Defer-Length"));
        return (long.Parse(head.Header("Upload-Offset")!, CultureInfo.InvariantCulture), length);
    }
}
