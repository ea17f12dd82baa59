using System.Net;
using System.Text;
using Sluice.AspNetCore;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Library;

/// <summary>Code of the app that decides about resumable uploads, when they are created.</summary>
public sealed class ResumablePolicyTests(PolicyApp app) : IClassFixture<PolicyApp>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tus_upload_is_moved_and_gets_metadata()
    {
        var (name, body, seen) = (Name(), TestBody.Of(150_000), default(IncomingUpload));
        using var created = await CreateAsync(
            upload =>
            {
                seen = upload;
                return new UploadDecision
                {
                    Container = app.Other.Name,
                    Name = $"tenant/{upload.FileName}",
                    Restrictions = new UploadPolicy { Metadata = new Dictionary<string, string> { ["by"] = "policy" } },
                };
            },
            ("Upload-Length", $"{body.Length}"), ("Upload-Metadata", $"filename {Base64(name)},filetype {Base64("image/png")}"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var appended = await AppendAsync(created, 0, body);

        Assert.Equal(HttpStatusCode.NoContent, appended.StatusCode);
        var stored = await app.Other.GetBlobClient($"tenant/{name}").DownloadContentAsync(Cancelled);
        Assert.Equal(body, stored.Value.Content.ToArray());
        Assert.Equal("policy", stored.Value.Details.Metadata["by"]);
        Assert.Equal(
            (app.Container.Name, name, body.Length, "image/png", null),
            (seen!.Container, seen.Name, seen.Length, seen.DeclaredMediaType, seen.Peek));
    }

    // They travel in the upload's URL.
    [Fact]
    public async Task The_tier_and_the_tags_that_it_chose_are_those_of_the_blob()
    {
        var (name, body) = (Name(), TestBody.Of(100));
        using var created = await CreateAsync(
            static _ => new UploadDecision
            {
                Restrictions = new UploadPolicy { Features = new() { Tier = "Cool", Tags = { ["by"] = "policy", ["type"] = "{mediaType}" } } },
            },
            ("Upload-Length", $"{body.Length}"), ("Upload-Metadata", $"filename {Base64(name)},filetype {Base64("image/png")}"));
        using var appended = await AppendAsync(created, 0, body);

        Assert.Equal(HttpStatusCode.NoContent, appended.StatusCode);
        var blob = app.Container.GetBlobClient(name);
        Assert.Equal("Cool", (await blob.GetPropertiesAsync(null, Cancelled)).Value.AccessTier);
        var tags = (await blob.GetTagsAsync(null, Cancelled)).Value.Tags;
        Assert.Equal(("policy", "image/png"), (tags["by"], tags["type"]));
    }

    [Fact]
    public async Task What_it_refuses_is_not_created()
    {
        using var refused = await CreateAsync(static _ => UploadDecision.Refuse("No.", 451), ("Upload-Length", "10"));
        Assert.Equal((HttpStatusCode)451, refused.StatusCode);
        Assert.Equal("1.0.0", refused.Headers.GetValues("Tus-Resumable").Single());
        Assert.Null(refused.Headers.Location);

        using var type = await CreateAsync(
            static _ => new UploadDecision
            {
                Restrictions = new UploadPolicy { MediaTypes = new MediaTypePolicyOptions { Allow = { "image/*" } } },
            },
            ("Upload-Length", "10"), ("Upload-Metadata", $"filetype {Base64("text/html")}"));
        var problem = await ProblemDocument.ExpectAsync(type, FailureKind.MediaTypeRefused, Phase.Route);
        Assert.Equal("The media type is not accepted (only image/* is accepted): the declared type is text/html.", problem.Detail);
    }

    // The limit travels in the upload's URL: later requests are not decided about.
    [Fact]
    public async Task Its_limit_holds_for_every_append()
    {
        static UploadDecision Small(IncomingUpload upload) => new() { Restrictions = new UploadPolicy { MaxBytes = 100_000 } };

        using var large = await CreateAsync(Small, ("Upload-Length", "100001"));
        await ProblemDocument.ExpectAsync(large, FailureKind.BodyTooLarge, Phase.Admit);
        Assert.Equal("100000", large.Headers.GetValues("Tus-Max-Size").Single());

        using var created = await CreateAsync(Small, ("Upload-Defer-Length", "1"));
        using var first = await AppendAsync(created, 0, TestBody.Of(60_000));
        using var second = await AppendAsync(created, 60_000, TestBody.Of(60_000));
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await ProblemDocument.ExpectAsync(second, FailureKind.BodyTooLarge, Phase.Admit);
    }

    [Fact]
    public async Task A_concatenation_is_renamed_and_limited_and_its_parts_keep_their_names()
    {
        var (name, part) = (Name(), TestBody.Of(70_000));
        static UploadDecision Renamed(IncomingUpload upload) => new() { Name = $"renamed/{upload.FileName}" };
        var parts = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var created = await CreateAsync(Renamed, ("Upload-Length", $"{part.Length}"), ("Upload-Concat", "partial"));
            using var appended = await AppendAsync(created, 0, part);
            Assert.Equal(HttpStatusCode.NoContent, appended.StatusCode);
            parts.Add($"{created.Headers.Location}");
        }

        var concat = ("Upload-Concat", $"final;{string.Join(' ', parts)}");
        var metadata = ("Upload-Metadata", $"filename {Base64(name)}");
        using var tooLarge = await CreateAsync(
            static _ => new UploadDecision { Restrictions = new UploadPolicy { MaxBytes = 100_000 } }, concat, metadata);
        await ProblemDocument.ExpectAsync(tooLarge, FailureKind.BodyTooLarge, Phase.Admit);
        using var whole = await CreateAsync(Renamed, concat, metadata);

        Assert.Equal(HttpStatusCode.Created, whole.StatusCode);
        var stored = await app.Container.GetBlobClient($"renamed/{name}").DownloadContentAsync(Cancelled);
        Assert.Equal([.. part, .. part], stored.Value.Content.ToArray());
    }

    // Clients send no media type and no metadata with a part.
    [Fact]
    public async Task Of_a_part_only_the_size_is_restricted()
    {
        static UploadDecision Strict(IncomingUpload upload) => new()
        {
            Container = "elsewhere",
            Restrictions = new UploadPolicy
            {
                MaxBytes = upload.IsPart ? 1_000 : 0,
                MediaTypes = new MediaTypePolicyOptions { Allow = { "image/*" } },
                Metadata = new Dictionary<string, string> { ["large"] = new string('x', 4_000) },
            },
        };

        using var created = await CreateAsync(Strict, ("Upload-Length", "1000"), ("Upload-Concat", "partial"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var large = await CreateAsync(Strict, ("Upload-Length", "1001"), ("Upload-Concat", "partial"));
        await ProblemDocument.ExpectAsync(large, FailureKind.BodyTooLarge, Phase.Admit);
    }

    [Theory]
    [InlineData("?0", HttpStatusCode.Created)]
    [InlineData("?1", HttpStatusCode.Created)]
    public async Task An_upload_of_the_http_draft_is_decided_about_once(string complete, HttpStatusCode status)
    {
        var (name, asked) = (Name(), 0);
        using var created = await app.SendAsync(
            HttpMethod.Post, "/api/files", Payload.Content("content"u8.ToArray(), sized: true),
            upload =>
            {
                asked++;
                return new UploadDecision { Name = $"draft/{upload.FileName}" };
            },
            ("Upload-Complete", complete), ("Content-Disposition", $"attachment; filename=\"{name}\""));
        Assert.Equal((status, 1), (created.StatusCode, asked));
        Assert.Equal(complete == "?1", await app.Container.GetBlobClient($"draft/{name}").ExistsAsync(Cancelled));
    }

    // The name is that of the URL, and the first request brings no bytes to look at.
    [Fact]
    public async Task An_upload_of_Azure_Logic_Apps_is_decided_about_once()
    {
        var (name, body, seen) = (Name(), TestBody.Of(100_000), new List<IncomingUpload>());
        using var begun = await BeginChunksAsync($"/api/blobs/{app.Container.Name}/{name}", body.Length, upload =>
        {
            seen.Add(upload);
            return new UploadDecision { Name = $"tenant/{upload.Name}", Restrictions = new UploadPolicy { CreateOnly = true } };
        });
        foreach (var (first, end) in ((int, int)[])[(0, 60_000), (60_000, 100_000)])
        {
            using var chunk = await SendChunkAsync(begun, body, first, end, "image/png");
            Assert.Equal(HttpStatusCode.OK, chunk.StatusCode);
        }

        var stored = await app.Container.GetBlobClient($"tenant/{name}").DownloadContentAsync(Cancelled);
        Assert.Equal(body, stored.Value.Content.ToArray());
        Assert.Equal("image/png", stored.Value.Details.ContentType);
        var upload = Assert.Single(seen);
        Assert.Equal(
            (app.Container.Name, name, body.Length, null, null),
            (upload.Container, upload.Name, upload.Length, upload.DeclaredMediaType, upload.Peek));

        using var again = await BeginChunksAsync(
            $"/api/blobs/{app.Container.Name}/{name}", 5, _ => new UploadDecision
            {
                Name = $"tenant/{name}",
                Restrictions = new UploadPolicy { CreateOnly = true },
            });
        await ProblemDocument.ExpectAsync(again, FailureKind.PreconditionFailed, Phase.Admit);
    }

    // The policy sees the type that the first request declares, and no other.
    [Fact]
    public async Task A_type_that_comes_with_a_chunk_does_not_pass_by_the_policy()
    {
        var (name, asked) = (Name(), new UploadPolicy { MediaTypes = new MediaTypePolicyOptions { Refuse = { "text/html" } } });
        using var begun = await BeginChunksAsync(
            $"/api/blobs/{app.Container.Name}/{name}", 5, _ => new UploadDecision { Restrictions = asked });
        using var chunk = await SendChunkAsync(begun, "hello"u8.ToArray(), 0, 5, "text/html");

        Assert.Equal(HttpStatusCode.OK, chunk.StatusCode);
        var stored = (await app.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Cancelled)).Value;
        Assert.Equal("application/octet-stream", stored.ContentType);
    }

    private async Task<HttpResponseMessage> BeginChunksAsync(string path, int length, Func<IncomingUpload, UploadDecision> decide) =>
        await app.SendAsync(
            HttpMethod.Put, path, new ByteArrayContent([]), decide, ("x-ms-transfer-mode", "chunked"),
            ("x-ms-content-length", $"{length}"));

    private async Task<HttpResponseMessage> SendChunkAsync(HttpResponseMessage begun, byte[] body, int first, int end, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, begun.Headers.Location)
        {
            Content = new ByteArrayContent(body[first..end])
            {
                Headers = { { "Content-Range", $"bytes {first}-{end - 1}/{body.Length}" }, { "Content-Type", mediaType } },
            },
        };
        return await app.Client.SendAsync(request, Cancelled);
    }

    private async Task<HttpResponseMessage> CreateAsync(
        Func<IncomingUpload, UploadDecision> decide, params (string Name, string Value)[] headers) =>
        await app.SendAsync(HttpMethod.Post, "/api/files", null, decide, [("Tus-Resumable", "1.0.0"), .. headers]);

    private async Task<HttpResponseMessage> AppendAsync(HttpResponseMessage created, long offset, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, created.Headers.Location) { Content = new ByteArrayContent(body) };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", $"{offset}");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/offset+octet-stream");
        return await app.Client.SendAsync(request, Cancelled);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Name() => $"{Guid.NewGuid():N}";
}
