using System.Globalization;
using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Reads;

/// <summary>Preconditions of reads (RFC 9110, section 13.1) and their order (section 13.2.2).</summary>
[Collection<OnDefaultServer>]
public sealed class ReadConditionTests(RunningServer server)
{
    // Stand for the tag and the date of the blob in the tables below.
    private const string Tag = "TAG";
    private const string Date = "DATE";
    private const string Earlier = "EARLIER";
    private const string Later = "LATER";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, "If-Match: TAG")]
    [InlineData(200, "If-Match: *")]
    [InlineData(200, "If-Match: \"0x1\", TAG")]
    [InlineData(412, "If-Match: \"0x1\"")]
    [InlineData(412, "If-Match: \"0x1\", \"0x2\"")]
    [InlineData(412, "If-Match: W/TAG")]
    [InlineData(304, "If-None-Match: TAG")]
    [InlineData(304, "If-None-Match: W/TAG")]
    [InlineData(304, "If-None-Match: *")]
    [InlineData(304, "If-None-Match: \"0x1\", W/\"0x2\", TAG")]
    [InlineData(200, "If-None-Match: \"0x1\"")]
    [InlineData(200, "If-None-Match: \"0x1\", \"0x2\"")]
    [InlineData(304, "If-Modified-Since: DATE")]
    [InlineData(304, "If-Modified-Since: LATER")]
    [InlineData(200, "If-Modified-Since: EARLIER")]
    [InlineData(200, "If-Modified-Since: yesterday")]
    [InlineData(200, "If-Unmodified-Since: DATE")]
    [InlineData(200, "If-Unmodified-Since: LATER")]
    [InlineData(412, "If-Unmodified-Since: EARLIER")]
    [InlineData(200, "If-Unmodified-Since: yesterday")]
    public Task A_condition_decides(int status, string condition) => AssertAsync(status, condition);

    [Theory]
    // 1 and 2: If-Match, and a date only without it.
    [InlineData(200, "If-Match: TAG", "If-Unmodified-Since: EARLIER")]
    [InlineData(412, "If-Match: \"0x1\"", "If-Unmodified-Since: LATER")]
    // 3 and 4: If-None-Match, and a date only without it.
    [InlineData(200, "If-None-Match: \"0x1\"", "If-Modified-Since: LATER")]
    [InlineData(304, "If-None-Match: TAG", "If-Modified-Since: EARLIER")]
    // 412 comes before 304.
    [InlineData(412, "If-None-Match: TAG", "If-Match: \"0x1\"")]
    [InlineData(412, "If-None-Match: TAG", "If-Unmodified-Since: EARLIER")]
    [InlineData(412, "If-Modified-Since: LATER", "If-Match: \"0x1\"")]
    [InlineData(304, "If-None-Match: TAG", "If-Match: TAG")]
    [InlineData(304, "If-Modified-Since: DATE", "If-Unmodified-Since: DATE")]
    // 5: ranges come last.
    [InlineData(412, "Range: bytes=0-0", "If-Match: \"0x1\"")]
    [InlineData(412, "Range: bytes=9-", "If-Match: \"0x1\"")]
    [InlineData(304, "Range: bytes=0-0", "If-None-Match: TAG")]
    [InlineData(304, "Range: bytes=9-", "If-None-Match: TAG")]
    [InlineData(206, "Range: bytes=0-0", "If-Match: TAG")]
    [InlineData(206, "Range: bytes=0-0", "If-None-Match: \"0x1\"")]
    [InlineData(200, "Range: bytes=0-0", "If-Match: TAG", "If-Range: \"0x1\"")]
    public Task Conditions_are_taken_in_their_order(int status, params string[] conditions) => AssertAsync(status, conditions);

    [Theory]
    [InlineData("If-Match", "*")]
    [InlineData("If-Match", "\"0x1\"")]
    [InlineData("If-None-Match", "*")]
    [InlineData("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task No_condition_is_asked_of_a_blob_that_is_not_there(string header, string value)
    {
        using var answer = await server.GetAsync("missing", (header, value));

        await ProblemDocument.ExpectAsync(answer, FailureKind.BlobNotFound, Phase.Read);
    }

    [Fact]
    public async Task Not_modified_says_what_a_cache_needs_and_nothing_else()
    {
        using var put = await server.PutAsync("cached", Payload.Content([1, 2, 3]), ("Cache-Control", "max-age=60"), ("x-ms-meta-a", "b"));
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"GET {server.PathOf("cached")} HTTP/1.1\nIf-None-Match: {put.Headers.ETag}");

        var answer = await connection.ReadHeadAsync();

        Assert.Equal(
            [
                "Accept-Ranges", "Cache-Control", "Content-Disposition", "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Date",
                "ETag", "HTTP/1.1 304 Not Modified", "Last-Modified", "Referrer-Policy", "X-Content-Type-Options",
            ],
            answer.Head.Select(line => line.Split(':')[0])
                .Where(static name => !(TestedHost.IsFunctions && name == "Server"))
                .Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(("max-age=60", put.Headers.ETag!.ToString()), (answer.Header("Cache-Control"), answer.Header("ETag")));

        // No content followed: what comes next is the next answer.
        await connection.SendHeadAsync($"GET {server.PathOf("cached")} HTTP/1.1");
        Assert.Equal(200, (await connection.ReadAnswerAsync()).Status);
    }

    private async Task AssertAsync(int status, params string[] conditions)
    {
        var blob = server.Container.GetBlobClient("conditions");
        var written = (await blob.UploadAsync(BinaryData.FromString("abc"), overwrite: true, Token)).Value;
        var headers = conditions
            .Select(condition => condition.Split(": ", 2))
            .Select(parts => (parts[0], Fill(parts[1], written.ETag.ToString("H"), written.LastModified)))
            .ToArray();

        foreach (var verb in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var answer = await server.SendAsync(verb, server.PathOf("conditions"), null, 1, headers);

            // HEAD has no parts.
            Assert.Equal(verb == HttpMethod.Head && status == 206 ? 200 : status, (int)answer.StatusCode);
            if (verb == HttpMethod.Get && status == 412)
                await ProblemDocument.ExpectAsync(answer, FailureKind.PreconditionFailed, Phase.Read);
            else if (answer.StatusCode == HttpStatusCode.NotModified)
                Assert.Equal(written.ETag.ToString("H"), answer.Headers.ETag?.ToString());
        }
    }

    private static string Fill(string value, string tag, DateTimeOffset date) => value
        .Replace(Tag, tag, StringComparison.Ordinal)
        .Replace(Date, date.ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(Earlier, date.AddHours(-1).ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(Later, date.AddHours(1).ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
