using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Sluice.AspNetCore;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

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
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await StatusAsync($"/policy/{name}-2", Content("plain"u8.ToArray(), "text/plain")));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync($"/policy/{name}-3", Content([.. _gif, .. new byte[1_000_000]], "image/gif")));
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
        Assert.Equal(((HttpStatusCode)418, nameof(FailureKind.DigestMismatch)), (wrong.StatusCode, await wrong.Content.ReadAsStringAsync(Cancelled)));
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

        Assert.Equal((HttpStatusCode.BadGateway, "application/problem+json"), (relayed.StatusCode, relayed.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.Created, teed.StatusCode);
        Assert.Equal(_gif, (await Blob(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
    }

    [Fact]
    public async Task What_is_wrong_is_a_failure_and_leaves_nothing()
    {
        using var body = new MemoryStream(new byte[10]);
        var unknown = await app.Uploads.StoreAsync(body, "elsewhere", "x", cancellationToken: Cancelled);
        var large = await app.Uploads.StoreAsync(body, app.Container, "large", new UploadPolicy { MaxBytes = 9 }, Cancelled);
        var shorter = await app.Uploads.StoreAsync(PipeReader.Create(new([1, 2, 3])), 4, app.Container, "shorter", cancellationToken: Cancelled);
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        var cancelled = await app.Uploads.StoreAsync(new MemoryStream(new byte[5_000_000]), app.Container, "cancelled", cancellationToken: ended.Token);
        var pattern = new UploadPolicy { MediaTypes = new() { Allow = { "no pattern" } } };

        Assert.Equal(
            [FailureKind.ContainerUnknown, FailureKind.BodyTooLarge, FailureKind.BodyTruncated, FailureKind.ClientGone],
            [.. new[] { unknown, large, shorter, cancelled }.Select(static result => result.Failure!.Kind)]);
        Assert.All(new[] { unknown, large, shorter, cancelled }, static result => Assert.Null(result.Receipt));
        await Assert.ThrowsAsync<ArgumentException>(() => app.Uploads.StoreAsync(body, app.Container, "x", pattern, Cancelled));
        Assert.False(await Blob("large").ExistsAsync(Cancelled));
        Assert.False(await Blob("shorter").ExistsAsync(Cancelled));
        Assert.False(await Blob("cancelled").ExistsAsync(Cancelled));
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
