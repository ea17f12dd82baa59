using System.Net;
using System.Text;
using System.Text.Json;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.PeekRoute;

/// <summary>POST /api/peek: what is seen of a body, and what a PUT of it would answer.</summary>
public sealed class PeekTests(PeekServer server) : IClassFixture<PeekServer>
{
    private const string Path = "/api/peek";
    private const int Window = PeekServer.WindowBytes;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("{\"a\": 1}", "application/json")]
    [InlineData("<!DOCTYPE html><p>", "text/html", "text/plain")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "image/jpeg")]
    [InlineData("\0\0\0", "application/octet-stream")]
    [InlineData("", null)]
    public async Task What_is_seen_is_told(string body, string? mediaType, string? stored = null)
    {
        var bytes = Encoding.Latin1.GetBytes(body);
        foreach (var (sized, http) in ((bool, int)[])[(true, 1), (false, 1), (true, 2), (false, 2)])
        {
            var report = await PeekAsync(Path, Payload.Content(bytes, sized), http);

            Assert.Equal(new PeekSeen(bytes.Length, true, Convert.ToHexStringLower(bytes), mediaType), report.Seen);
            Assert.Equal(sized ? bytes.Length : null, report.Declared.Length);
            Assert.Equal(("store", stored ?? mediaType ?? "application/octet-stream"), (report.Would.Action, report.Would.MediaType));
        }
    }

    [Theory]
    [InlineData(Window - 1, true)]
    [InlineData(Window, true)]
    [InlineData(Window + 1, false)]
    [InlineData(3_000_000, false)]
    public async Task No_more_is_looked_at_than_the_window(int bytes, bool complete)
    {
        var payload = Payload.Random(bytes);

        var (seen, _, _, _) = await PeekAsync(Path, Payload.Content(payload), 1);

        Assert.Equal((Math.Min(bytes, Window), complete), (seen.Bytes, seen.Complete));
        Assert.Equal(Convert.ToHexStringLower(payload.AsSpan(0, 64)), seen.Hex);
    }

    [Fact]
    public async Task What_is_declared_is_told()
    {
        var (_, declared, would, _) = await PeekAsync(
            Path,
            Payload.Content([0, 1, 2]),
            1,
            ("Content-Type", "image/png"),
            ("Content-Encoding", "gzip"),
            ("Content-Disposition", "attachment; filename=\"a.png\""));

        Assert.Equal(new PeekDeclared("image/png", 3, "gzip", "attachment; filename=\"a.png\""), declared);
        Assert.Equal("image/png", would.MediaType);
    }

    [Theory]
    [InlineData("?container={0}&name=a/b", null)]
    [InlineData("?container={0}&name=..%2Fb", FailureKind.NameInvalid)]
    [InlineData("?container={0}&name=a/../b", FailureKind.NameInvalid)]
    [InlineData("?container={0}&name=a%5Cb", FailureKind.NameInvalid)]
    [InlineData("?container={0}&name=", FailureKind.NameInvalid)]
    [InlineData("?container={0}", FailureKind.NameInvalid)]
    [InlineData("?container=elsewhere&name=a", FailureKind.ContainerUnknown)]
    [InlineData("?container=&name=a", FailureKind.ContainerUnknown)]
    [InlineData("?name=a", null)]
    public async Task What_would_be_done_depends_on_the_target(string query, FailureKind? refusal)
    {
        var path = Path + query.Replace("{0}", server.Container.Name, StringComparison.Ordinal);

        var (_, _, would, _) = await PeekAsync(path, Payload.Content([0]), 1);

        Assert.Equal(refusal is { } kind ? Refused(kind) : Stored(PeekServer.BlockBytes, false), would with { Detail = null });
    }

    [Theory]
    [InlineData("Content-Length: 1025", PeekServer.BlockBytes, false)]
    [InlineData("Content-Length: 78643200", PeekServer.BlockBytes, false)]
    [InlineData("Content-Length: 104857600", 1_441_792, false)]
    [InlineData("Content-Length: 200000000", 2 * PeekServer.BlockBytes, true)]
    [InlineData("Content-Length: 209715201", 3 * PeekServer.BlockBytes, true)]
    [InlineData("Content-Length: 1000000000", 10 * PeekServer.BlockBytes, true)]
    [InlineData("Content-Length: 1000000001", null, null)]
    public async Task What_would_be_done_depends_on_the_length(string header, int? blockBytes, bool? passThrough)
    {
        if (header.Contains("Content-Length", StringComparison.Ordinal))
            Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        var (_, _, would, _) = await PeekWindowAsync(header, Payload.Random(Window));

        Assert.Equal(
            blockBytes is { } bytes ? Stored(bytes, passThrough!.Value) : Refused(FailureKind.BodyTooLarge), would with { Detail = null });
    }

    [Fact]
    public async Task The_answer_comes_when_the_window_is_full_and_not_when_the_body_ends()
    {
        Hosts.DifferIn(HostDifference.AnswerWaitsForBody);
        var payload = Payload.Random(Window);
        byte[] chunk = [.. Encoding.ASCII.GetBytes($"{Window:x}\r\n"), .. payload, .. "\r\n"u8];

        var (seen, declared, would, _) = await PeekWindowAsync("Transfer-Encoding: chunked", chunk);

        Assert.Equal(new PeekSeen(Window, false, Convert.ToHexStringLower(payload.AsSpan(0, 64)), "application/octet-stream"), seen);
        Assert.Equal(new PeekDeclared(null, null, null, null), declared);
        Assert.Equal(("store", (long)PeekServer.BlockBytes, false), (would.Action, would.BlockBytes, would.PassThrough));
    }

    [Fact]
    public async Task Nothing_is_stored()
    {
        await PeekAsync($"{Path}?container={server.Container.Name}&name=peeked", Payload.Content([1, 2, 3]), 1);

        Assert.False((await server.Container.GetBlobClient("peeked").ExistsAsync(Token)).Value);
        await foreach (var blob in server.Container.GetBlobsAsync(cancellationToken: Token))
            Assert.Fail($"{blob.Name} is stored.");
    }

    private static PeekWould Refused(FailureKind kind) => new("refuse", Problem: FailureTable.Of(kind).Type);

    private static PeekWould Stored(long blockBytes, bool passThrough) =>
        new(
            "store", MediaType: "application/octet-stream", BlockBytes: blockBytes, PassThrough: passThrough,
            MaxBytes: PeekServer.MaxBytes);

    // Sends a head and what is given of a body, and nothing more until there is an answer.
    private async Task<PeekReport> PeekWindowAsync(string header, byte[] body)
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync($"POST {Path} HTTP/1.1\n{header}");
        await connection.SendAsync(body);
        var answer = await connection.ReadAnswerAsync();
        Assert.Equal(200, answer.Status);
        return JsonSerializer.Deserialize<PeekReport>(answer.Body, JsonSerializerOptions.Web)!;
    }

    private async Task<PeekReport> PeekAsync(string path, HttpContent content, int http, params (string, string)[] headers)
    {
        using var answer = await server.SendAsync(HttpMethod.Post, path, content, http, headers);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return JsonSerializer.Deserialize<PeekReport>(await answer.Content.ReadAsStringAsync(Token), JsonSerializerOptions.Web)!;
    }
}
