using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// Concatenation of tus 1.0.0 with real storage: what is refused leaves nothing that can be read, and what is sent again is told the same.
/// </summary>
[Collection<OnFilesServer>]
public sealed class ConcatenationTests(FilesServer server)
{
    private readonly byte[] _body = Payload.Random(400_000);

    [Fact]
    public async Task The_request_that_is_sent_again_is_told_of_the_whole_that_it_has_made()
    {
        var parts = await PartsAsync(150_000, 399_999, 400_000);
        var first = await FinalAsync(parts, "whole.bin");
        Payload.AssertSame(_body, (await server.StoredAsync(first))!);

        var again = await FinalAsync(parts, "whole.bin");

        Assert.Equal((201, "400000", "400000"), (again.Status, again.Header("Upload-Offset"), again.Header("Upload-Length")));
        Assert.Equal(
            (first.Header("Location"), first.Header("Content-Location"), first.Header("ETag")),
            (again.Header("Location"), again.Header("Content-Location"), again.Header("ETag")));
        Assert.Equal("400000", (await server.TusAsync(HttpMethod.Head, again.Header("Location")!)).Header("Upload-Offset"));
        Assert.Empty(await VisibleAsync());
    }

    [Fact]
    public async Task Two_that_are_sent_at_once_make_one_whole()
    {
        var parts = await PartsAsync(100_000, 200_000, 400_000);

        var both = await Task.WhenAll(FinalAsync(parts, "twice.bin"), FinalAsync(parts, "twice.bin"));

        Assert.All(both, static answer => Assert.Contains(answer.Status, (int[])[201, 409, 423]));
        var last = await FinalAsync(parts, "twice.bin");
        Assert.Equal(201, last.Status);
        Payload.AssertSame(_body, (await server.StoredAsync(last))!);
        Assert.Empty(await VisibleAsync());
    }

    [Fact]
    public async Task Parts_that_have_become_a_whole_become_no_other_one()
    {
        var parts = await PartsAsync(200_000, 400_000);
        Assert.Equal(201, (await FinalAsync(parts, "one.bin")).Status);

        Assert.Equal("410 upload-gone", (await FinalAsync(parts, "another.bin")).Problem);
        Assert.Equal("410 upload-gone", (await FinalAsync([.. parts.Reverse()], "one.bin")).Problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_part_that_is_not_whole_leaves_all_of_them_as_they_are(int unfinished)
    {
        var parts = await PartsAsync(100_000, 200_000, 400_000);
        var whole = parts[unfinished];
        parts[unfinished] = await server.CreateTusAsync(("Upload-Length", "10"), ("Upload-Concat", "partial"));

        Assert.Equal("400 inconsistent-upload-length", (await FinalAsync(parts, "whole.bin")).Problem);

        Assert.Empty(await VisibleAsync());
        parts[unfinished] = whole;
        Payload.AssertSame(_body, (await server.StoredAsync(await FinalAsync(parts, "whole.bin")))!);
    }

    [Fact]
    public async Task Metadata_that_can_not_be_stored_leaves_all_parts_as_they_are()
    {
        var parts = await PartsAsync(200_000, 400_000);

        Assert.Equal("400 header-invalid", (await FinalAsync(parts, "whole.bin", $",sluice_upload {FilesServer.Base64("x")}")).Problem);

        Assert.Empty(await VisibleAsync());
        Payload.AssertSame(_body, (await server.StoredAsync(await FinalAsync(parts, "whole.bin")))!);
    }

    [Fact]
    public async Task Parts_that_are_too_large_together_stay_as_they_are()
    {
        var parts = new List<string>();
        for (var part = 0; part < 2; part++)
        {
            var path = await server.CreateTusAsync(("Upload-Length", "10000001"), ("Upload-Concat", "partial"));
            Assert.Equal("10000001", (await server.PatchTusAsync(path, 0, new byte[10_000_001])).Header("Upload-Offset"));
            parts.Add(path);
        }

        var refused = await FinalAsync([.. parts], "large.bin");

        Assert.Equal(("413 body-too-large", "20000000"), (refused.Problem, refused.Text("limitBytes")));
        Assert.Empty(await VisibleAsync());
        Assert.Equal(10_000_001, await server.OffsetAsync(parts[0]));
        Assert.Equal(201, (await FinalAsync([parts[1]], "large.bin")).Status);
    }

    [Fact]
    public async Task A_part_whose_length_is_told_late_is_a_part_like_any_other()
    {
        var late = await server.CreateTusAsync(("Upload-Defer-Length", "1"), ("Upload-Concat", "partial"));
        var early = await server.CreateTusAsync(("Upload-Length", "0"), ("Upload-Concat", "partial"));
        Assert.Equal("400 inconsistent-upload-length", (await FinalAsync([early, late], "late.bin")).Problem);
        await server.PatchTusAsync(late, 0, _body, ("Upload-Length", "400000"));

        var whole = await FinalAsync([early, late], "late.bin");

        Payload.AssertSame(_body, (await server.StoredAsync(whole))!);
        Assert.Equal(whole.Header("Location"), (await FinalAsync([early, late], "late.bin")).Header("Location"));
    }

    // The body, cut there.
    private async Task<string[]> PartsAsync(params int[] ends)
    {
        var parts = new List<string>();
        var start = 0;
        foreach (var end in ends)
        {
            var path = await server.CreateTusAsync(("Upload-Length", FilesServer.Number(end - start)), ("Upload-Concat", "partial"));
            Assert.Equal(FilesServer.Number(end - start), (await server.PatchTusAsync(path, 0, _body[start..end])).Header("Upload-Offset"));
            parts.Add(path);
            start = end;
        }

        return [.. parts];
    }

    private Task<Faults.Answer> FinalAsync(string[] parts, string name, string more = "") => server.TusAsync(
        HttpMethod.Post, FilesServer.Files, null, ("Upload-Concat", $"final;{string.Join(' ', parts)}"),
        ("Upload-Metadata", $"filename {FilesServer.Base64(name)}{more}"));

    private async Task<List<string>> VisibleAsync()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var blobs = await server.Container.GetBlobsAsync(cancellationToken: cancelled)
            .Select(static blob => blob.Name)
            .ToListAsync(cancelled);
        return blobs.FindAll(static name => name.StartsWith("partial-uploads/", StringComparison.Ordinal));
    }
}
