using System.Text.Json;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Forms whose files are stored.</summary>
[Collection<OnFormServer>]
public sealed class FormTests(FormServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(false, false, 2)]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 2)]
    public async Task Every_file_becomes_a_blob(bool atomic, bool sized, int http)
    {
        var prefix = $"every-{atomic}-{sized}-{http}/";
        byte[][] contents = [Payload.Random(1), Payload.Random(65536), [], Payload.Random(300_000), [.. "%PDF-1.7\n"u8]];
        var form = contents.Select(static (content, index) => (content, index))
            .Aggregate(
                new ChromiumForm().Field("owner", "finance"), static (form, file) => form.File("file", $"{file.index}.bin", file.content));

        using var answer = await server.PostAsync(form.Content(sized), $"?prefix={prefix}&atomic={(atomic ? "true" : "false")}", http);

        Assert.Equal(contents.Select(static (_, index) => $"201 {index}.bin"), await FormServer.FilesAsync(answer, 201));
        for (var i = 0; i < contents.Length; i++)
            Payload.AssertSame(contents[i], await server.ReadAsync($"{prefix}{i}.bin"));
        var pdf = (await server.Container.GetBlobClient($"{prefix}4.bin").GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal(("application/pdf", "finance"), (pdf.ContentType, pdf.Metadata["owner"]));
    }

    [Fact]
    public async Task The_answer_has_a_receipt_and_a_path_for_each()
    {
        using var answer = await server.PostAsync(
            new ChromiumForm().File("upload", "a b.txt", [.. "hello"u8], "text/plain; charset=utf-8").Content(), "?prefix=answers");

        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token));
        var file = Assert.Single(body.GetProperty("files").EnumerateArray());
        Assert.Equal(server.PathOf("answers/a b.txt"), file.GetProperty("location").GetString());
        Assert.Equal("upload", file.GetProperty("field").GetString());
        Assert.Equal(5, file.GetProperty("receipt").GetProperty("bytes").GetInt32());
        Assert.Equal("text/plain; charset=utf-8", file.GetProperty("receipt").GetProperty("mediaType").GetProperty("stored").GetString());
        Assert.False(body.TryGetProperty("problem", out _));
    }

    // RFC 9530, section 2: of the content of the part.
    [Fact]
    public async Task A_part_whose_digest_is_another_is_not_stored_and_the_others_are()
    {
        var digest = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("right"u8));
        var form = new ChromiumForm()
            .Part($"Content-Disposition: form-data; name=\"f\"; filename=\"right\"\r\nContent-Digest: sha-256=:{digest}:", "right")
            .Part($"Content-Disposition: form-data; name=\"f\"; filename=\"wrong\"\r\nContent-Digest: sha-256=:{digest}:", "wrong");

        using var answer = await server.PostAsync(form.Content(), "?prefix=digests/");

        Assert.Equal(207, (int)answer.StatusCode);
        Assert.Equal(["right"], (await server.NamesAsync("digests/")).Select(static name => name.Split('/')[^1]));
    }

    // RFC 7578, section 4.2: the name is not trusted to be one.
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("Grüße 🚀.txt", "Grüße 🚀.txt")]
    [InlineData("a \"b\".txt", "a \"b\".txt")]
    [InlineData("a\\b.txt", "a_b.txt.")]
    [InlineData("../x", "__x.")]
    [InlineData("a/b", "a_b.")]
    [InlineData("..", "_.")]
    [InlineData("/etc/passwd", "_etc_passwd.")]
    [InlineData("100%.txt", "100_.txt.")]
    [InlineData("a\r\nb", "a__b.")]
    public async Task A_file_name_is_one_part_of_a_path_whatever_it_is(string fileName, string expected)
    {
        var prefix = $"names-{Guid.NewGuid():N}/";

        using var answer = await server.PostAsync(new ChromiumForm().File("f", fileName, [1]).Content(), $"?prefix={prefix}");

        Assert.Equal(201, (int)answer.StatusCode);
        var name = Assert.Single(await server.NamesAsync(prefix));
        Assert.Equal(expected, expected == fileName ? name : name[..^64]);
    }

    [Fact]
    public async Task Names_that_are_too_long_or_differ_in_what_is_replaced_only_stay_apart()
    {
        var form = new ChromiumForm()
            .File("f", new string('x', 300) + "1", [1])
            .File("f", new string('x', 300) + "2", [2])
            .File("f", "a/b", [3])
            .File("f", "a_b", [4]);

        using var answer = await server.PostAsync(form.Content(), "?prefix=apart");

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal(4, (await server.NamesAsync("apart/")).Length);
    }

    [Fact]
    public async Task A_name_that_is_sent_in_both_ways_is_the_extended_one()
    {
        var form = new ChromiumForm().Part(
            "Content-Disposition: form-data; name=f; filename=\"euro.txt\"; filename*=UTF-8''%e2%82%ac.txt", "1");

        using var answer = await server.PostAsync(form.Content(), "?prefix=extended");

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal(["€.txt"], await server.NamesAsync("extended/"));
    }

    [Fact]
    public async Task Fields_are_metadata_of_the_files_after_them()
    {
        var form = new ChromiumForm().Field("_charset_", "UTF-8").Field("owner", "a").File("f", "1", [1]).Field("owner", "b").Field(
            "kind", "c")
            .File("f", "2", [2]).Field("not a name", "ä");

        using var answer = await server.PostAsync(form.Content(), "?prefix=fields");

        Assert.Equal(["201 1", "201 2"], await FormServer.FilesAsync(answer, 201));
        Assert.Equal("owner=a", await MetadataAsync("fields/1"));
        Assert.Equal("kind=c owner=a, b", await MetadataAsync("fields/2"));
    }

    // Names and values as forms of all kinds of sites have them.
    [Theory]
    [InlineData("user[name]", "Zoë", "user_name_=UTF-8''Zo%C3%AB", "user[name]>user_name_")]
    [InlineData("first-name", "a", "first_name=a", "first-name>first_name")]
    [InlineData("csrf.token", "t", "csrf_token=t", "csrf.token>csrf_token")]
    [InlineData("Zoë", "z", "Zo_=z", "Zoë>Zo_")]
    [InlineData("2nd", "b", "_2nd=b", "2nd>_2nd")]
    [InlineData("lines", "one\r\ntwo", "lines=UTF-8''one%0D%0Atwo", "")]
    [InlineData("coded", "UTF-8''x", "coded=UTF-8''UTF-8%27%27x", "")]
    [InlineData("chunks", "12", "chunks=12", "")]
    [InlineData("blank", " \r\n", "", "")]
    [InlineData("sluice-upload", "y", "", "sluice-upload>")]
    [InlineData("", "nameless", "", ">")]
    public async Task Any_field_is_kept_and_what_was_changed_or_left_out_is_told(string field, string value, string kept, string told)
    {
        var prefix = $"any-{Guid.NewGuid():N}/";

        using var answer = await server.PostAsync(
            new ChromiumForm().Field(field, value).Field("plain", "p").File("f", "1", [1]).Content(), $"?prefix={prefix}");

        Assert.Equal(["201 1"], await FormServer.FilesAsync(answer, 201));
        var metadata = (await MetadataAsync($"{prefix}1")).Split(' ');
        Assert.Equal("plain=p", Assert.Single(metadata, static one => one.StartsWith("plain", StringComparison.Ordinal)));
        Assert.Equal(kept, string.Join(' ', metadata.Where(static one => !one.StartsWith("plain", StringComparison.Ordinal))));
        Assert.Equal(told, string.Join(
            ' ',
            JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token)).GetProperty("fields").EnumerateArray().Select(
                static one => $"{one.GetProperty("field")}>{(one.TryGetProperty("metadata", out var name) ? name : "")}")));
    }

    // RFC 2046, section 5.1.1. It may be larger than the heads of parts may be.
    [Theory]
    [InlineData(10)]
    [InlineData(300_000)]
    public async Task What_follows_the_end_of_a_form_is_ignored(int bytes)
    {
        var form = new ChromiumForm().File("f", "1", [1]);

        using var answer = await server.PostAsync(form.Content([.. form.ToArray(), .. new byte[bytes]]), $"?prefix=epilogue-{bytes}");

        Assert.Equal(["201 1"], await FormServer.FilesAsync(answer, 201));
    }

    [Theory]
    [InlineData("filename*")]
    [InlineData("filename*=")]
    [InlineData("filename*=UTF-7''a")]
    public async Task An_extended_name_without_a_value_is_none(string parameter)
    {
        var form = new ChromiumForm().Part($"Content-Disposition: form-data; name=f; filename=plain; {parameter}", "1");

        using var answer = await server.PostAsync(form.Content(), $"?prefix=none-{parameter.Length}");

        Assert.True((int)answer.StatusCode is 201 or 400, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task A_prefix_may_come_as_a_field_and_is_below_that_of_the_query()
    {
        var form = new ChromiumForm().File("f", "1", [1]).Field("prefix", "in/2026").File("f", "2", [2]).Field("prefix", "out/").File(
            "f", "2", [3]);

        using var answer = await server.PostAsync(form.Content(), "?prefix=tree");

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal(["1", "in/2026/2", "out/2"], await server.NamesAsync("tree/"));
    }

    [Fact]
    public async Task A_file_input_that_was_left_empty_is_no_file()
    {
        using var answer = await server.PostAsync(
            new ChromiumForm().File("f", "", []).File("f", "chosen", [1]).Content(), "?prefix=chosen");

        Assert.Equal(["201 chosen"], await FormServer.FilesAsync(answer, 201));
    }

    [Fact]
    public async Task A_condition_of_the_request_is_one_of_every_file()
    {
        await server.Container.GetBlobClient("once/1").UploadAsync(BinaryData.FromString("old"), Token);
        var form = new ChromiumForm().File("f", "1", [1]).File("f", "2", [2]);

        using var answer = await server.SendAsync(
            HttpMethod.Post, server.FormPath("?prefix=once"), form.Content(), 1, ("If-None-Match", "*"));

        Assert.Equal(["412 1 precondition-failed", "201 2"], await FormServer.FilesAsync(answer, 207));
        Assert.Equal("old", System.Text.Encoding.UTF8.GetString(await server.ReadAsync("once/1")));
    }

    private async Task<string> MetadataAsync(string name) => string.Join(
        ' ',
        (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Token)).Value.Metadata
            .Where(static pair => !pair.Key.StartsWith("sluice_", StringComparison.Ordinal))
            .OrderBy(static pair => pair.Key)
            .Select(static pair => $"{pair.Key}={pair.Value}"));
}
