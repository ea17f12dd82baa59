using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Ingest;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Library;

/// <summary>Sluice as a library: bodies that endpoints and code of an app's own store, relay and peek at.</summary>
public sealed class SluiceUploadsTests(OwnApp app, AzuriteFixture azurite) : IClassFixture<OwnApp>
{
    private static readonly byte[] _gif = [.. "GIF89a"u8, .. new byte[5_000]];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_refuses_and_what_passes_is_answered_with_the_receipt()
    {
        var name = $"{Guid.NewGuid():N}";
        using var stored = await app.Client.PutAsync($"/policy/{name}", Content(_gif, "image/gif"), Cancelled);

        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        Assert.Equal(_gif.Length, (await stored.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("bytes").GetInt64());
        Assert.Equal("contoso", (await Blob(name).GetPropertiesAsync(cancellationToken: Cancelled)).Value.Metadata["tenant"]);

        Assert.Equal(HttpStatusCode.PreconditionFailed, await StatusAsync($"/policy/{name}", Content(_gif, "image/gif")));
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType, await StatusAsync($"/policy/{name}-2", Content("plain"u8.ToArray(), "text/plain")));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await StatusAsync($"/policy/{name}-3", Content([.. _gif, .. new byte[1_000_000]], "image/gif")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((3 * TestBody.Mib) + 17)]
    public async Task The_result_is_a_value_that_the_app_answers_in_its_own_words(int bytes)
    {
        var (name, body) = ($"{Guid.NewGuid():N}", TestBody.Of(bytes));
        using var answer = await app.Client.PutAsync($"/plain/{name}", Content(body, "application/octet-stream"), Cancelled);
        using var wrong = await SendWithDigestAsync($"/plain/{name}", body);

        Assert.Equal((HttpStatusCode.OK, $"{bytes}"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled)));
        Assert.Equal(
            ((HttpStatusCode)418, nameof(FailureKind.DigestMismatch)),
            (wrong.StatusCode, await wrong.Content.ReadAsStringAsync(Cancelled)));
        Assert.Equal(body, (await Blob(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_peek_leaves_the_body_where_it_is()
    {
        var body = """{"keep":true,"rest":"x"}"""u8.ToArray();
        var name = $"{Guid.NewGuid():N}";

        using var kept = await app.Client.PostAsync($"/peek/{name}", Content(body, "application/json"), Cancelled);
        using var seen = await app.Client.PostAsync($"/peek/{name}", Content(_gif, "text/plain"), Cancelled);

        Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        Assert.Equal(body, (await Blob(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
        Assert.Equal($"image/gif True {_gif.Length}", await seen.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_no_request_brought_is_stored(bool known)
    {
        var name = $"{Guid.NewGuid():N}";
        using var answer = await app.Client.PostAsync($"/generated/{name}?bytes=2500000&known={known}", null, Cancelled);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(2_500_000, (await Blob(name).GetPropertiesAsync(cancellationToken: Cancelled)).Value.ContentLength);
    }

    [Fact]
    public async Task A_service_that_is_down_is_a_problem_and_a_tee_keeps_its_blob()
    {
        var name = $"{Guid.NewGuid():N}";
        using var relayed = await app.Client.PostAsync("/relay", Content(_gif, "image/gif"), Cancelled);
        using var teed = await app.Client.PostAsync($"/tee/{name}", Content(_gif, "image/gif"), Cancelled);

        Assert.Equal(
            (HttpStatusCode.BadGateway, "application/problem+json"), (relayed.StatusCode, relayed.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.Created, teed.StatusCode);
        Assert.Equal(_gif, (await Blob(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
    }

    [Fact]
    public async Task Code_sees_the_status_of_the_service_whoever_gets_its_response()
    {
        var path = app.Service.At(static async (context, exchange) =>
        {
            await exchange.ReadAsync();
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
        });
        Assert.Equal((HttpStatusCode)418, await PostAsync($"/relay/{path}"));
        Assert.Equal((true, 418), (app.Result!.IsSuccess, app.Result.DownstreamStatus));

        foreach (var commit in IngestServer.Commits)
        {
            await PostAsync($"/tee/{Guid.NewGuid():N}/{path}/{commit}");
            Assert.Equal((commit, 418), (commit, app.Result!.DownstreamStatus));
        }

        await app.Client.PutAsync($"/plain/{Guid.NewGuid():N}", Content(_gif, "image/gif"), Cancelled);
        Assert.Null(app.Result!.DownstreamStatus);

        async Task<HttpStatusCode> PostAsync(string address)
        {
            using var answer = await app.Client.PostAsync(address, Content(_gif, "image/gif"), Cancelled);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Only_rules_and_sources_retry()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => app.Uploads.TeeAsync(
            new DefaultHttpContext().Request, app.Container, "x", "service", "/x", TeeCommit.BlobFirstWithRetries,
            cancellationToken: Cancelled));

        Assert.Equal("commit", refused.ParamName);
    }

    [Fact]
    public async Task What_is_wrong_is_a_failure_and_leaves_nothing()
    {
        using var body = new MemoryStream(new byte[10]);
        var unknown = await app.Uploads.StoreAsync(body, "elsewhere", "x", cancellationToken: Cancelled);
        var large = await app.Uploads.StoreAsync(body, app.Container, "large", new UploadPolicy { MaxBytes = 9 }, Cancelled);
        var shorter = await app.Uploads.StoreAsync(
            PipeReader.Create(new([1, 2, 3])), 4, app.Container, "shorter", cancellationToken: Cancelled);
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => app.Uploads.StoreAsync(
                new MemoryStream(new byte[5_000_000]), app.Container, "cancelled", cancellationToken: ended.Token));
        UploadPolicy[] wrong =
        [
            new() { MediaTypes = new() { Allow = { "no pattern" } } },
            new() { MaxBytes = -1 },
            new() { Metadata = new Dictionary<string, string> { ["sluice_upload"] = "x" } },
        ];

        Assert.Equal(
            [FailureKind.ContainerUnknown, FailureKind.BodyTooLarge, FailureKind.BodyTruncated],
            [.. new[] { unknown, large, shorter }.Select(static result => result.Failure!.Kind)]);
        Assert.All(new[] { unknown, large, shorter }, static result => Assert.Null(result.Receipt));
        await Assert.AllAsync(
            wrong,
            policy => Assert.ThrowsAsync<ArgumentException>(() => app.Uploads.StoreAsync(body, app.Container, "x", policy, Cancelled)));
        Assert.False(await Blob("large").ExistsAsync(Cancelled));
        Assert.False(await Blob("shorter").ExistsAsync(Cancelled));
        Assert.False(await Blob("cancelled").ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task What_a_stream_of_the_app_throws_is_thrown_and_nothing_is_stored()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(
            () => app.Uploads.StoreAsync(
                new GZipStream(new MemoryStream(new byte[100]), CompressionMode.Decompress), app.Container, "broken",
                cancellationToken: Cancelled));

        Assert.NotNull(thrown);
        Assert.False(await Blob("broken").ExistsAsync(Cancelled));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(3_000, 30_000)]
    [InlineData(9_000, 100_000)]
    public async Task A_body_that_comes_in_pieces_is_peeked_at_and_stored_whole(int first, int rest)
    {
        var name = $"{Guid.NewGuid():N}";
        var body = TestBody.Of(first + rest);
        "{\"keep\":true,\"rest\":\""u8.CopyTo(body);
        using var client = await RawClient.ConnectAsync(app.Client.BaseAddress!, Cancelled);
        await client.SendAsync(
            $"POST /peek/{name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n", Cancelled);
        await client.SendChunkAsync(body.AsMemory(0, first), Cancelled);
        await Task.Delay(TimeSpan.FromMilliseconds(200), Cancelled);
        await client.SendChunkAsync(body.AsMemory(first), Cancelled);
        await client.SendAsync("0\r\n\r\n", Cancelled);
        var answer = await client.ReadToEndAsync(Cancelled);

        Assert.StartsWith("HTTP/1.1 201", answer, StringComparison.Ordinal);
        Assert.Equal(body, (await Blob(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_body_is_stored_once_and_a_second_time_is_a_bug_of_the_app()
    {
        var name = $"{Guid.NewGuid():N}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/twice/{name}") { Content = Content(_gif, "image/gif") };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await app.Client.SendAsync(request, Cancelled);

        Assert.Equal("InvalidOperationException", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(_gif, (await Blob(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
    }

    private BlobClient Blob(string name) => azurite.BlobServiceClient.GetBlobContainerClient(app.Container).GetBlobClient(name);

    private static ByteArrayContent Content(byte[] body, string mediaType) => new(body) { Headers = { ContentType = new(mediaType) } };

    private async Task<HttpStatusCode> StatusAsync(string path, HttpContent content)
    {
        using var answer = await app.Client.PutAsync(path, content, Cancelled);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendWithDigestAsync(string path, byte[] body)
    {
        var content = Content(body, "application/octet-stream");
        content.Headers.Add("Content-Digest", $"sha-256=:{Convert.ToBase64String(new byte[32])}:");
        return await app.Client.PutAsync(path, content, Cancelled);
    }
}
