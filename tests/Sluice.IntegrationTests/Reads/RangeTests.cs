using System.Net;
using Azure.Storage.Blobs.Models;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Reads;

/// <summary>Parts of blobs (RFC 9110, section 14).</summary>
[Collection<OnDefaultServer>]
public sealed class RangeTests(RunningServer server)
{
    private const string Current = "CURRENT";
    private const string Written = "WRITTEN";
    private const string Before = "BEFORE";

    private static readonly byte[] _content = Payload.Random(1000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bytes=0-0", 0, 0)]
    [InlineData("bytes=0-99", 0, 99)]
    [InlineData("bytes=500-599", 500, 599)]
    [InlineData("bytes=999-999", 999, 999)]
    [InlineData("bytes=0-", 0, 999)]
    [InlineData("bytes=990-", 990, 999)]
    [InlineData("bytes=-1", 999, 999)]
    [InlineData("bytes=-10", 990, 999)]
    [InlineData("bytes=-1000", 0, 999)]
    [InlineData("bytes=-5000", 0, 999)]
    [InlineData("bytes=990-5000", 990, 999)]
    [InlineData("bytes=0-9223372036854775807", 0, 999)]
    public async Task A_range_is_answered_with_that_part_of_the_blob(string range, int from, int to)
    {
        var written = await WriteAsync("parts");

        foreach (var http in (int[])[1, 2])
        {
            using var answer = await server.SendAsync(HttpMethod.Get, server.PathOf("parts"), null, http, ("Range", range));

            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            Assert.Equal($"bytes {from}-{to}/1000", answer.Content.Headers.ContentRange?.ToString());
            Assert.Equal(to - from + 1, answer.Content.Headers.ContentLength);
            Assert.Equal(written.ETag.ToString("H"), answer.Headers.ETag?.ToString());
            Payload.AssertSame(_content[from..(to + 1)], await answer.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Theory]
    [InlineData("bytes=1000-")]
    [InlineData("bytes=1000-2000")]
    [InlineData("bytes=9223372036854775807-")]
    [InlineData("bytes=-0")]
    public async Task A_range_outside_of_the_blob_is_refused_with_its_length(string range)
    {
        await WriteAsync("outside");

        using var answer = await server.GetAsync("outside", ("Range", range));

        await ProblemDocument.ExpectAsync(answer, FailureKind.RangeNotSatisfiable, Phase.Read);
        Assert.Equal("bytes */1000", answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=0-1, 2-3")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=-")]
    [InlineData("bytes=")]
    [InlineData("bytes=99999999999999999999-")]
    [InlineData("0-5")]
    public async Task Several_ranges_and_what_is_no_range_of_bytes_give_the_whole_blob(string range)
    {
        await WriteAsync("whole");

        using var answer = await server.GetAsync("whole", ("Range", range));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentRange);
        Payload.AssertSame(_content, await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("bytes=0-1")]
    [InlineData("bytes=5000-")]
    public async Task A_range_means_nothing_to_HEAD(string range)
    {
        await WriteAsync("headed");

        using var answer = await server.SendAsync(HttpMethod.Head, server.PathOf("headed"), null, 1, ("Range", range));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1000, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task An_empty_blob_has_no_first_byte()
    {
        using var put = await server.PutAsync("empty", Payload.Content([]));

        using var answer = await server.GetAsync("empty", ("Range", "bytes=0-"));

        await ProblemDocument.ExpectAsync(answer, FailureKind.RangeNotSatisfiable, Phase.Read);
        Assert.Equal("bytes */0", answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData(Current, 206)]
    [InlineData("\"0x1\"", 200)]
    [InlineData("W/" + Current, 200)]
    [InlineData(Written, 206)]
    [InlineData(Before, 200)]
    // What can't be read does not hold: a part of another version would be spliced onto what the client has.
    [InlineData("0x8DC0", 200)]
    [InlineData("*", 200)]
    [InlineData("yesterday", 200)]
    public async Task If_Range_decides_between_the_part_and_the_whole(string condition, int status)
    {
        var written = await WriteAsync("resumed");
        var value = condition
            .Replace(Current, written.ETag.ToString("H"), StringComparison.Ordinal)
            .Replace(Written, written.LastModified.ToString("R"), StringComparison.Ordinal)
            .Replace(Before, written.LastModified.AddSeconds(-1).ToString("R"), StringComparison.Ordinal);

        using var answer = await server.GetAsync("resumed", ("Range", "bytes=10-19"), ("If-Range", value));

        Assert.Equal(status, (int)answer.StatusCode);
        Payload.AssertSame(status == 206 ? _content[10..20] : _content, await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task The_parts_of_a_large_blob_make_up_the_whole()
    {
        var large = Payload.Random(9_000_000);
        using var put = await server.PutAsync("large", Payload.Content(large));

        var parts = await Task.WhenAll(((string[])["bytes=0-4194303", "bytes=4194304-8388608", "bytes=8388609-"]).Select(async range =>
        {
            using var answer = await server.GetAsync("large", ("Range", range), ("If-Match", put.Headers.ETag!.ToString()));
            return await answer.Content.ReadAsByteArrayAsync(Token);
        }));

        Payload.AssertSame(large, [.. parts.SelectMany(static part => part)]);
    }

    private async Task<BlobContentInfo> WriteAsync(string name) =>
        (await server.Container.GetBlobClient(name).UploadAsync(new BinaryData(_content), overwrite: true, Token)).Value;
}
