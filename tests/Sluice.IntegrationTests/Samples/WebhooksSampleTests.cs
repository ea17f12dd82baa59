using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Samples;

/// <summary>docs/samples/webhooks: an app that stores a delivery, and then tells a queue.</summary>
public sealed class WebhooksSampleTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Container = "hooks";

    private static readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    private readonly HttpClient _direct = new(new SocketsHttpHandler { UseProxy = false });
    private ServerProcess? _app;
    private HttpClient? _client;
    private QueueClient? _queue;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private BlobContainerClient Blobs => azurite.BlobServiceClient.GetBlobContainerClient(Container);

    private QueueClient Queue => _queue!;

    public async ValueTask InitializeAsync()
    {
        await Blobs.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        var name = $"test-{Guid.NewGuid():N}";
        var settings = new ServerSettings
        {
            Dll = SampleApp.WebhooksDll,
            ConnectionString = azurite.ConnectionString,
            Containers = [Container],
            AllowAnonymous = false, // a setting of Sluice.Server
            More = new Dictionary<string, string>
            {
                ["Webhook:Secret"] = $"whsec_{Convert.ToBase64String(_secret)}",
                ["Queue:ConnectionString"] = azurite.ConnectionString,
                ["Queue:Name"] = name,
            },
        };
        _app = await ServerProcess.StartAsync(settings, Cancelled);
        _client = _app.CreateClient();
        var transport = new HttpClientTransport(_direct);
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Transport = transport };
        _queue = new QueueClient(azurite.ConnectionString, name, options);
    }

    [Fact]
    public async Task A_delivery_is_a_blob_and_then_a_message_with_its_receipt()
    {
        var (id, body) = ($"msg_{Guid.NewGuid():N}", """{"type":"invoice.paid","data":{"id":"inv_1042"}}"""u8.ToArray());

        using var answer = await DeliverAsync(id, body);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(id, receipt.GetProperty("name").GetString());
        Assert.Equal(body, (await Blobs.GetBlobClient(id).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
        var message = Assert.Single(await MessagesAsync());
        Assert.Equal((id, Container, id, body.Length), Summary(message));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(body)), message.GetProperty("Digests").GetProperty("sha-256").GetString());
    }

    [Fact]
    public async Task A_delivery_that_is_not_the_senders_is_neither()
    {
        var (id, body) = ($"msg_{Guid.NewGuid():N}", """{"type":"invoice.paid"}"""u8.ToArray());

        using var forged = await DeliverAsync(id, body, signed: """{"type":"invoice.void"}"""u8.ToArray());
        using var old = await DeliverAsync(id, body, age: TimeSpan.FromMinutes(10));
        using var unsigned = await _client!.PostAsync("/hooks", new ByteArrayContent(body), Cancelled);
        using var large = await DeliverAsync(id, new byte[70_000]);

        Assert.All(new[] { forged, old, unsigned }, static answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.False(await Blobs.GetBlobClient(id).ExistsAsync(Cancelled));
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task A_delivery_that_no_message_tells_of_is_no_success_and_its_repetition_is()
    {
        var (id, body) = ($"msg_{Guid.NewGuid():N}", """{"type":"invoice.paid"}"""u8.ToArray());
        await Queue.DeleteAsync(Cancelled);

        using var failed = await DeliverAsync(id, body);
        await Queue.CreateAsync(cancellationToken: Cancelled);
        using var repeated = await DeliverAsync(id, body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
        Assert.Equal((id, Container, id, body.Length), Summary(Assert.Single(await MessagesAsync())));
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        _direct.Dispose();
    }

    private static (string? Id, string? Container, string? Name, int Bytes) Summary(JsonElement message) =>
        (message.GetProperty("Id").GetString(), message.GetProperty("Container").GetString(), message.GetProperty("Name").GetString(),
            message.GetProperty("Bytes").GetInt32());

    private async Task<HttpResponseMessage> DeliverAsync(string id, byte[] body, byte[]? signed = null, TimeSpan age = default)
    {
        var timestamp = (DateTimeOffset.UtcNow - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. signed ?? body];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_secret, text))}");
        return await _client!.SendAsync(request, Cancelled);
    }

    private async Task<JsonElement[]> MessagesAsync()
    {
        var received = await Queue.ReceiveMessagesAsync(32, cancellationToken: Cancelled);
        return [.. received.Value.Select(static message => JsonElement.Parse(message.Body.ToString()))];
    }
}
