using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Memory;
using Framing = Sluice.IntegrationTests.Memory.Framing;

namespace Sluice.IntegrationTests.Worker;

/// <summary>docs/samples/functions: somebody else's function app, with Sluice added to it.</summary>
public sealed class SampleAppTests(AzuriteFixture azurite)
{
    private static readonly byte[] _pdf = [.. "%PDF-1.7\n"u8, .. new byte[100_000]];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_own_function_stores_by_its_policy_and_shows_the_receipt()
    {
        await using var app = await StartAsync();
        var name = $"{Guid.NewGuid():N}.pdf";

        using var stored = await PutAsync(app, name, _pdf, "application/pdf");
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        var receipt = await stored.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal($"{DateTime.UtcNow:yyyy}/{name}", receipt.GetProperty("name").GetString());
        Assert.Equal(_pdf.Length, receipt.GetProperty("bytes").GetInt64());

        Assert.Equal("precondition-failed", await RefusedAsync(app, name, _pdf, "application/pdf", HttpStatusCode.PreconditionFailed));
        Assert.Equal(
            "media-type-refused",
            await RefusedAsync(app, $"x{name}", [.. "GIF89a"u8, .. new byte[100]], "application/pdf", HttpStatusCode.UnsupportedMediaType));
        using var large = new HttpRequestMessage(HttpMethod.Put, $"/api/invoices/y{name}")
        {
            Content = new StreamContent(new GeneratedBody(200_000_001, seed: 1))
        };
        large.Content.Headers.ContentLength = 200_000_001;
        using var refused = await app.Client.SendAsync(large, Cancelled);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task It_decides_in_code_on_first_bytes_that_are_stored_all_the_same()
    {
        await using var app = await StartAsync();
        var order = """{"customer":"fourth coffee","lines":[1,2,3]}"""u8.ToArray();

        using var accepted = await app.Client.PostAsync("/api/orders", new ByteArrayContent(order), Cancelled);
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = new StreamContent(new GeneratedBody(90_000_000, seed: 2))
        };
        large.Headers.TransferEncodingChunked = true;
        using var without = await app.Client.SendAsync(large, Cancelled);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.StartsWith(
            "/api/blobs/invoices/orders/fourth%2520coffee/", accepted.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var blob = azurite.BlobServiceClient.GetBlobContainerClient("invoices")
            .GetBlobClient(Uri.UnescapeDataString(accepted.Headers.Location.OriginalString["/api/blobs/invoices/".Length..]));
        Assert.Equal(order, (await blob.DownloadContentAsync(Cancelled)).Value.Content.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        Assert.Equal(
            "An order has a customer.",
            (await without.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Its_code_decides_about_the_routes_of_Sluice()
    {
        await using var app = await StartAsync();
        using var body = new StreamContent(new GeneratedBody(80_000_000, seed: 3));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/blobs/invoices/a.pdf") { Content = body };
        request.Headers.TransferEncodingChunked = true;
        using var refused = await app.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(
            "Send an invoice to /api/invoices/a.pdf.",
            (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task It_has_the_routes_of_Sluice_and_its_memory(Framing framing)
    {
        await using var app = await StartAsync(isMeasured: true);
        var probe = await MemoryProbe.StartAsync(app.Host.WorkerProcessId, Cancelled);
        await using (probe)
        {
            await app.PutAsync("hundred", 100_000_000, framing, seed: 5);
            var reading = await probe.StopAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"sample app, first 100 MB, {framing}: {reading}");
            Requirement.Holds(reading);
        }
    }

    private async Task<HostedWorker> StartAsync(bool isMeasured = false)
    {
        await azurite.BlobServiceClient.GetBlobContainerClient("invoices").CreateIfNotExistsAsync(cancellationToken: Cancelled);
        return await HostedWorker.StartAsync(
            azurite, new Dictionary<string, string> { ["Sluice:Blob:Containers:1"] = "invoices" },
            static host => host with { WorkerFolder = PublishedServer.SampleFolder }, isMeasured);
    }

    private static Task<HttpResponseMessage> PutAsync(HostedWorker app, string name, byte[] body, string mediaType) =>
        app.Client.PutAsync($"/api/invoices/{name}", new ByteArrayContent(body) { Headers = { ContentType = new(mediaType) } }, Cancelled);

    private static async Task<string> RefusedAsync(HostedWorker app, string name, byte[] body, string mediaType, HttpStatusCode expected)
    {
        using var refused = await PutAsync(app, name, body, mediaType);
        Assert.Equal(expected, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return problem.GetProperty("type").GetString()!.Split(':')[^1];
    }
}
