using System.Text;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Forms that are refused, whole or in part.</summary>
[Collection<OnFormServer>]
public sealed class FormRefusalTests(FormServer server)
{
    private const string Form = "Content-Type: multipart/form-data; boundary=b";

    [Theory]
    [InlineData(FailureKind.MediaTypeRefused, "", "Content-Type: application/json")]
    [InlineData(FailureKind.MediaTypeRefused, "", "Content-Type: multipart/mixed; boundary=b")]
    [InlineData(FailureKind.MediaTypeRefused, "", "X-No: type")]
    [InlineData(FailureKind.HeaderInvalid, "", "Content-Type: multipart/form-data")]
    [InlineData(FailureKind.HeaderInvalid, "", "Content-Type: multipart/form-data; boundary=\"\"")]
    [InlineData(FailureKind.HeaderInvalid, "", "Content-Type: multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901")]
    [InlineData(FailureKind.HeaderInvalid, "", "Content-Type: multipart/form-data; boundary=a=b")]
    [InlineData(FailureKind.HeaderInvalid, "?atomic=yes", Form)]
    [InlineData(FailureKind.HeaderInvalid, "", Form + "\nContent-Encoding: gzip")]
    [InlineData(FailureKind.NameInvalid, "?prefix=a/../b", Form)]
    [InlineData(FailureKind.NameInvalid, "?prefix=/a", Form)]
    [InlineData(FailureKind.BodyTooLarge, "", Form, "Content-Length: 2000001")]
    public async Task What_is_wrong_with_the_head_is_said_without_asking_for_the_body(
        FailureKind kind, string query, string headers, string framing = "Transfer-Encoding: chunked")
    {
        if (framing.StartsWith("Content-Length", StringComparison.Ordinal))
            Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        using var connection = await server.ConnectAsync();

        await connection.SendHeadAsync($"POST {server.FormPath(query)} HTTP/1.1\nExpect: 100-continue\n{framing}\n{headers}");

        ProblemDocument.Expect(await connection.ReadAnswerAsync(), kind, Phase.Admit);
    }

    [Fact]
    public async Task A_container_that_is_not_open_is_unknown()
    {
        using var answer = await server.SendAsync(
            HttpMethod.Post, "/api/blobs/elsewhere", new ChromiumForm().File("f", "a", [1]).Content());

        await ProblemDocument.ExpectAsync(answer, FailureKind.ContainerUnknown, Phase.Admit);
    }

    [Fact]
    public async Task A_form_without_a_file_is_refused()
    {
        using var none = await server.PostAsync(new ChromiumForm().Content());
        using var fields = await server.PostAsync(new ChromiumForm().Field("a", "b").File("f", "", []).Content());

        await ProblemDocument.ExpectAsync(none, FailureKind.FormInvalid, Phase.Transfer);
        await ProblemDocument.ExpectAsync(fields, FailureKind.FormInvalid, Phase.Transfer);
    }

    [Theory]
    [InlineData("Content-Disposition: form-data")]
    [InlineData("Content-Disposition: attachment; name=f; filename=a")]
    [InlineData("Content-Type: text/plain")]
    [InlineData("no header")]
    [InlineData("Content-Disposition: form-data; name=f; filename=a\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4")]
    [InlineData("Content-Disposition: form-data; name=f; filename=a\r\nA: {2100}")]
    public async Task A_head_of_a_part_that_can_not_be_used_ends_the_form(string head)
    {
        var form = new ChromiumForm()
            .File("f", "1", [1])
            .Part(head.Replace("{2100}", new string('x', 2100), StringComparison.Ordinal), "x")
            .File("f", "2", [2]);
        await AssertEndedAsync(form, FailureKind.FormInvalid);
    }

    [Fact]
    public async Task Too_many_parts_end_the_form()
    {
        var form = new ChromiumForm().File("f", "1", [1]);
        for (var i = 1; i <= FormServer.MaxParts; i++)
            form.Field("a", "b");
        await AssertEndedAsync(form, FailureKind.FormInvalid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Fields_that_are_too_large_together_end_the_form(int fields)
    {
        var form = new ChromiumForm().File("f", "1", [1]);
        for (var i = 0; i < fields; i++)
            form.Field("a", new string('x', FormServer.MaxFieldBytes / fields));
        await AssertEndedAsync(form, FailureKind.BodyTooLarge);
    }

    [Fact]
    public async Task A_form_that_grows_over_the_limit_of_bodies_ends_there()
    {
        using var answer = await server.PostAsync(
            new ChromiumForm().File("f", "1", [1]).File("f", "2", Payload.Random(3_000_000)).File("f", "3", [3]).Content(),
            "?prefix=grows");

        Assert.Equal(["201 1", "413 2 body-too-large"], await FormServer.FilesAsync(answer, 207));
        Assert.Equal(["1"], await server.NamesAsync("grows/"));
    }

    [Theory]
    [InlineData("2", "text/html", "415 2 media-type-refused")]
    [InlineData("1", "text/plain", "400 1 name-invalid")]
    public async Task A_file_that_is_refused_does_not_keep_the_next_one_from_being_stored(string name, string mediaType, string told)
    {
        var form = new ChromiumForm().File("f", "1", [1]).File("f", name, Payload.Random(200_000), mediaType).File("f", "3", [3]);
        var prefix = $"next-{name}/";

        using var answer = await server.PostAsync(form.Content(), $"?prefix={prefix}");
        using var atomic = await server.PostAsync(form.Content(), $"?atomic=true&prefix=atomic-{prefix}");

        Assert.Equal(["201 1", told, "201 3"], await FormServer.FilesAsync(answer, 207));
        Assert.Equal(["1", "3"], await server.NamesAsync(prefix));
        Assert.Equal([1], await server.ReadAsync($"{prefix}1"));
        await ProblemDocument.ExpectAsync(
            atomic, name == "1" ? FailureKind.NameInvalid : FailureKind.MediaTypeRefused, name == "1" ? Phase.Admit : Phase.Route);
        Assert.Empty(await server.NamesAsync($"atomic-{prefix}"));
    }

    // Each library's own fields, as it sends them before the file; the file is one piece of a larger one.
    [Theory]
    [InlineData("Dropzone", "dzuuid=x", "dzchunkindex=1", "dztotalfilesize=300", "dztotalchunkcount=3")]
    [InlineData("Resumable.js", "resumableChunkNumber=2", "resumableTotalChunks=3")]
    [InlineData("Flow.js", "flowChunkNumber=2", "flowTotalChunks=3")]
    [InlineData("Fine Uploader", "qqpartindex=1", "qqtotalparts=3")]
    [InlineData("Plupload", "name=a", "chunk=1", "chunks=3")]
    public async Task A_chunk_of_a_file_is_not_taken_for_the_file(string library, params string[] fields)
    {
        using var chunk = await server.PostAsync(Form(fields).Content(), "?prefix=chunk");
        using var whole = await server.PostAsync(
            Form([.. fields.Select(static field => field.Replace("=3", "=1", StringComparison.Ordinal))]).Content(), "?prefix=whole");

        var problem = await ProblemDocument.ExpectAsync(chunk, FailureKind.FormInvalid, Phase.Transfer);
        Assert.Contains(library, problem.Detail, StringComparison.Ordinal);
        Assert.Contains("tus", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(201, (int)whole.StatusCode);

        static ChromiumForm Form(string[] fields) => fields.Aggregate(
            new ChromiumForm(), static (form, field) => form.Field(field.Split('=')[0], field.Split('=')[1])).File("file", "a", [1]);
    }

    // Decoded with replacements, two names could be one.
    [Fact]
    public async Task A_file_name_that_can_not_be_decoded_is_refused()
    {
        var form = new ChromiumForm();
        byte[] part =
        [
            .. Encoding.ASCII.GetBytes($"--{form.Boundary}\r\nContent-Disposition: form-data; name=f; filename=\"Gr"), 0xFC,
            .. Encoding.ASCII.GetBytes("n.txt\"\r\n\r\nx\r\n"),
        ];

        using var answer = await server.PostAsync(
            form.Content([.. part, .. form.File("f", "next", [1]).ToArray()]), "?prefix=undecodable/");

        Assert.Equal(["400 Gr\uFFFDn.txt name-invalid", "201 next"], await FormServer.FilesAsync(answer, 207));
        Assert.Equal(["next"], await server.NamesAsync("undecodable/"));
    }

    [Fact]
    public async Task A_file_that_is_encoded_once_more_is_refused()
    {
        var form = new ChromiumForm().Part(
            "Content-Disposition: form-data; name=f; filename=encoded\r\nContent-Transfer-Encoding: base64", "aGVsbG8=");

        using var answer = await server.PostAsync(form.Content());

        await ProblemDocument.ExpectAsync(answer, FailureKind.HeaderInvalid, Phase.Admit);
    }

    // What came before is stored, or in an atomic form is not.
    private async Task AssertEndedAsync(ChromiumForm form, FailureKind kind)
    {
        var prefix = $"ended-{Guid.NewGuid():N}/";

        using var answer = await server.PostAsync(form.Content(), $"?prefix={prefix}");
        using var atomic = await server.PostAsync(form.Content(), $"?atomic=true&prefix=atomic-{prefix}");

        Assert.Equal(["201 1"], await FormServer.FilesAsync(answer, 207));
        Assert.Equal(["1"], await server.NamesAsync(prefix));
        await ProblemDocument.ExpectAsync(atomic, kind, Phase.Transfer);
        Assert.Empty(await server.NamesAsync($"atomic-{prefix}"));
    }
}
