using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Events;

/// <summary>Whatever is stored, by whatever way, is told to whoever wants to know; and nothing else is.</summary>
[Collection<OnEventServer>]
public sealed class EventTests(EventServer server)
{
    private static readonly byte[] _png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13];

    [Fact]
    public async Task A_stored_body_is_told_with_all_that_is_known_of_it()
    {
        using var content = new ByteArrayContent(_png);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var answer = await server.PutAsync("told.png", content, ("x-ms-meta-project", "apollo"));
        Assert.Equal(201, (int)answer.StatusCode);

        var told = await server.Inbox.TakenAsync("told.png");
        var blob = (await server.Container.GetBlobClient("told.png").GetPropertiesAsync(
            cancellationToken: TestContext.Current.CancellationToken)).Value;
        Assert.Equal(
            ("1.0", "sluice.blob.stored", "/tests", $"{server.Container.Name}/told.png", "application/json"),
            (Text(told.Json, "specversion"), Text(told.Json, "type"), Text(told.Json, "source"), told.Subject,
                Text(told.Json, "datacontenttype")));
        Assert.Equal(blob.Metadata["sluice_upload"], told.Id);
        Assert.Equal(blob.LastModified, told.Json.GetProperty("time").GetDateTimeOffset());
        Assert.Equal(
            (server.Container.GetBlobClient("told.png").Uri.AbsoluteUri, 12, blob.ETag.ToString("H"), "put"),
            (Text(told.Data, "url"), told.Data.GetProperty("bytes").GetInt64(), Text(told.Data, "eTag"), Text(told.Data, "kind")));
        Assert.Equal(
            ("image/png", "image/png", "image/png"),
            (Text(told.Data.GetProperty("mediaType"), "stored"), Text(told.Data.GetProperty("mediaType"), "declared"),
                Text(told.Data.GetProperty("mediaType"), "sniffed")));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(_png)), Text(told.Data.GetProperty("digests"), "sha-256"));
        Assert.Equal("apollo", Text(told.Data.GetProperty("metadata"), "project"));
        Assert.Equal(told.Json.GetRawText(), (await server.QueuedAsync("told.png")).GetRawText());
    }

    [Fact]
    public async Task An_event_for_a_service_is_signed()
    {
        using var answer = await server.PutAsync("signed", new ByteArrayContent(_png));

        var told = await server.Inbox.TakenAsync("signed");
        Assert.Equal(("application/cloudevents+json", told.Id), (told.Headers["Content-Type"], told.Headers["webhook-id"]));
        byte[] signed =
            [.. Encoding.ASCII.GetBytes($"{told.Id}.{told.Headers["webhook-timestamp"]}."), .. Encoding.UTF8.GetBytes(told.Json.GetRawText())];
        var key = Convert.FromBase64String(EventServer.Secret["whsec_".Length..]);
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", told.Headers["webhook-signature"]);
    }

    // https://learn.microsoft.com/azure/event-grid/cloud-event-schema
    [Fact]
    public async Task Event_Grid_gets_a_batch_with_the_key_of_the_topic()
    {
        using var answer = await server.PutAsync("grid", new ByteArrayContent(_png));

        var told = await server.Grid.TakenAsync("grid");
        Assert.StartsWith("application/cloudevents-batch+json", told.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("a-key-of-a-topic", told.Headers["aeg-sas-key"]);
        Assert.Equal((await server.Inbox.TakenAsync("grid")).Json.GetRawText(), told.Json.GetRawText());
    }

    [Fact]
    public async Task A_large_body_is_told_once_its_last_block_is_committed()
    {
        using var answer = await server.PutAsync("large", new ByteArrayContent(TestBody.Of(5_000_000)));

        Assert.Equal(5_000_000, (await server.Inbox.TakenAsync("large")).Data.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Each_file_of_a_form_is_told()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(_png), "file", "form-1" },
            { new ByteArrayContent(TestBody.Of(3_000_000)), "file", "form-2" },
        };
        using var answer = await server.SendAsync(HttpMethod.Post, $"/api/blobs/{server.Container.Name}", form);
        Assert.Equal(201, (int)answer.StatusCode);

        Assert.Equal("form", Text((await server.Inbox.TakenAsync("form-1")).Data, "kind"));
        Assert.Equal(3_000_000, (await server.Inbox.TakenAsync("form-2")).Data.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_body_that_a_rule_placed_is_told_with_the_rule()
    {
        using var answer = await server.SendAsync(HttpMethod.Put, "/api/ingest/invoices/7.png", new ByteArrayContent(_png));
        Assert.Equal(201, (int)answer.StatusCode);

        var told = await server.Inbox.TakenAsync("invoices/7.png");
        Assert.Equal(("ingest", "invoices"), (Text(told.Data, "kind"), Text(told.Data, "rule")));
    }

    [Fact]
    public async Task A_delivery_is_told_once_with_its_source_and_to_those_who_want_that_source()
    {
        for (var time = 0; time < 2; time++)
        {
            using var answer = await server.SendAsync(
                HttpMethod.Post, "/api/hooks/github", new ByteArrayContent(_png), 1, ("X-GitHub-Delivery", "delivery-1"));
            Assert.Equal(time == 0 ? 201 : 200, (int)answer.StatusCode);
        }

        var told = await server.Hooks.TakenAsync("github/delivery-1");
        Assert.Equal(("hook", "github"), (Text(told.Data, "kind"), Text(told.Data, "source")));
        await server.Inbox.TakenAsync("github/delivery-1");
        Assert.All(server.Hooks.Attempts, static told => Assert.Equal("github", Text(told.Data, "source")));
        Assert.Single(server.Hooks.Taken, static told => told.Subject.EndsWith("delivery-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resumable_upload_is_told_when_it_is_complete()
    {
        var metadata = $"container {Base64(server.Container.Name)},filename {Base64("resumed.png")},filetype {Base64("image/png")}";
        using var created = await server.SendAsync(
            HttpMethod.Post, "/api/files", null, 1, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "12"), ("Upload-Metadata", metadata));
        Assert.Equal(201, (int)created.StatusCode);
        for (var offset = 0; offset < 12; offset += 6)
        {
            var part = new ByteArrayContent(_png[offset..(offset + 6)]);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            using var appended = await server.SendAsync(
                HttpMethod.Patch, new Uri(server.Address(), created.Headers.Location!).PathAndQuery, part, 1, ("Tus-Resumable", "1.0.0"), ("Upload-Offset", $"{offset}"));
            Assert.Equal(204, (int)appended.StatusCode);
        }

        var told = await EventInbox.UntilAsync(() => server.Inbox.Taken.FirstOrDefault(
            static told => told.Subject.EndsWith("resumed.png", StringComparison.Ordinal)));
        Assert.Equal(("resumable", 12), (Text(told.Data, "kind"), told.Data.GetProperty("bytes").GetInt64()));
    }

    [Fact]
    public async Task What_is_refused_is_not_told_and_leaves_nothing_in_the_outbox()
    {
        using var wrong = await server.PutAsync(
            "wrong", new ByteArrayContent(_png), ("Repr-Digest", $"sha-256=:{Convert.ToBase64String(new byte[32])}:"));
        Assert.Equal(400, (int)wrong.StatusCode);
        using var first = await server.PutAsync("once", new ByteArrayContent(_png), ("If-None-Match", "*"));
        using var second = await server.PutAsync("once", new ByteArrayContent(_png), ("If-None-Match", "*"));
        Assert.Equal((201, 412), ((int)first.StatusCode, (int)second.StatusCode));

        await server.Inbox.TakenAsync("once");
        Assert.DoesNotContain(server.Inbox.Attempts, static told => told.Subject.EndsWith("/wrong", StringComparison.Ordinal));
        Assert.Single(server.Inbox.Attempts, static told => told.Subject.EndsWith("/once", StringComparison.Ordinal));
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
