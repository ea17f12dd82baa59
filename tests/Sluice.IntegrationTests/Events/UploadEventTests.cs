using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Events.Messages;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Events;

/// <summary>What happens to uploads before they are stored, or instead of it, is told to whoever wants that.</summary>
[Collection<OnEventServer>]
public sealed class UploadEventTests(EventServer server)
{
    [Fact]
    public async Task A_resumable_upload_is_told_when_it_is_created_and_while_it_grows()
    {
        var upload = await CreateAsync("grows", 3000);
        foreach (var (offset, bytes) in ((int, int)[])[(0, 600), (600, 600), (1200, 100), (1300, 1700)])
            await AppendAsync(upload, offset, bytes);

        var stored = await server.Inbox.TakenAsync("grows");
        var created = await ToldAsync("grows", "created");
        Assert.Equal(($"{stored.Id}-created", "/tests"), (created.Id, created.Json.GetProperty("source").GetString()));
        Assert.Equal(stored.Id, created.Data.GetProperty("upload").GetString());
        Assert.Equal(stored.Subject, created.Subject);
        Assert.Equal(
            (3000, 0, "image/png", "resumable"),
            (created.Data.GetProperty("length").GetInt32(), created.Data.GetProperty("offset").GetInt32(),
                created.Data.GetProperty("mediaType").GetString(), created.Data.GetProperty("kind").GetString()));
        Assert.InRange(created.Data.GetProperty("expires").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddDays(5), DateTimeOffset.UtcNow.AddDays(7));

        // Of the four requests, the second passes 1,000 bytes, and the last one completes it.
        var progress = await ToldAsync("grows", "progress");
        Assert.Equal(($"{stored.Id}-1200", 1200), (progress.Id, progress.Data.GetProperty("offset").GetInt32()));
        Assert.Equal(2, server.Life.Taken.Count(told => told.Subject == stored.Subject));
        Assert.DoesNotContain(server.Inbox.Attempts, static told => told.Type != "sluice.blob.stored");
    }

    [Theory]
    [InlineData("PUT", "digest-mismatch", 400)]
    [InlineData("form", "precondition-failed", 412)]
    [InlineData("ingest", "no-route", 404)]
    [InlineData("unknown", "container-unknown", 404)]
    [InlineData("tus", "body-too-large", 413)]
    public async Task A_body_that_is_refused_is_told_with_the_problem(string way, string type, int status)
    {
        var name = $"refused-{way}";
        using var answer = await RefusedAsync(way, name);
        Assert.Equal(status, (int)answer.StatusCode);

        var told = await EventInbox.UntilAsync(() => server.Life.Taken.FirstOrDefault(told =>
            told.Type == "sluice.upload.refused"
            && told.Data.GetProperty("problem").GetProperty("type").GetString() == $"urn:sluice:problem:{type}"
            && (way != "PUT" || told.Subject.EndsWith($"/{name}", StringComparison.Ordinal))));
        Assert.EndsWith("-refused", told.Id, StringComparison.Ordinal);
        Assert.Equal(status, told.Data.GetProperty("problem").GetProperty("status").GetInt32());
        if (way == "PUT")
            Assert.Equal($"{server.Container.Name}/{name}", told.Subject);
        if (way == "ingest")
            Assert.False(told.Json.TryGetProperty("subject", out _));
    }

    [Fact]
    public async Task What_a_client_and_its_upload_have_to_settle_is_not_told()
    {
        var upload = await CreateAsync("settled", 10);
        using var wrong = await PatchAsync(upload, 7, 1);
        Assert.Equal(409, (int)wrong.StatusCode);
        await AppendAsync(upload, 0, 10);

        await server.Inbox.TakenAsync("settled");
        await ToldAsync("settled", "created");
        Assert.DoesNotContain(
            server.Life.Attempts,
            static told => told.Type == "sluice.upload.refused" && told.Subject.EndsWith("settled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("left", true)]
    [InlineData("completed", false)]
    [InlineData("cancelled", false)]
    [InlineData("never-created", false)]
    public async Task An_upload_that_is_incomplete_when_it_expires_is_told(string fate, bool isTold)
    {
        var name = $"expiry-{fate}";
        var id = Guid.NewGuid().ToString("N");
        if (fate != "never-created")
        {
            var upload = await CreateAsync(name, 10);
            id = (await ToldAsync(name, "created")).Data.GetProperty("upload").GetString()!;
            await AppendAsync(upload, 0, fate == "completed" ? 10 : 4);
            if (fate == "cancelled")
            {
                using var cancelled = await server.SendAsync(HttpMethod.Delete, upload, null, 1, ("Tus-Resumable", "1.0.0"));
                Assert.Equal(204, (int)cancelled.StatusCode);
            }
        }

        await ExpireAsync(id, name);
        await ExpireAsync((await LeftAsync($"{name}-next")).Upload, $"{name}-next");

        var next = await ToldAsync($"{name}-next", "expired");
        Assert.Equal(4, next.Data.GetProperty("offset").GetInt32());
        if (isTold)
        {
            var told = await ToldAsync(name, "expired");
            Assert.Equal((10, 4), (told.Data.GetProperty("length").GetInt32(), told.Data.GetProperty("offset").GetInt32()));
        }
        else
        {
            Assert.DoesNotContain(
                server.Life.Attempts,
                told => told.Type == "sluice.upload.expired" && told.Subject.EndsWith($"{name}", StringComparison.Ordinal));
        }
    }

    // What creation puts into the outbox, as it is received when its time has come.
    private async Task ExpireAsync(string upload, string name)
    {
        var data = new UploadData(upload, new Dictionary<string, string>(), "resumable")
        {
            Container = server.Container.Name,
            Name = $"{upload}/{name}",
            Length = 10,
        };
        var expired = UploadEvent.Of(Settings.EventType.Expired, $"{upload}-expired", "/tests", DateTimeOffset.UtcNow, data);
        await server.Outbox.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await server.Outbox.SendMessageAsync(
            new OutboxMessage(MessageKind.Expiry, DateTimeOffset.UtcNow) { Upload = expired }.ToJson(),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task<(string Url, string Upload)> LeftAsync(string name)
    {
        var url = await CreateAsync(name, 10);
        await AppendAsync(url, 0, 4);
        return (url, (await ToldAsync(name, "created")).Data.GetProperty("upload").GetString()!);
    }

    private Task<ReceivedEvent> ToldAsync(string name, string type) => EventInbox.UntilAsync(() => server.Life.Taken.FirstOrDefault(
        told => told.Type == $"sluice.upload.{type}" && told.Subject.EndsWith($"/{name}", StringComparison.Ordinal)));

    private async Task<HttpResponseMessage> RefusedAsync(string way, string name)
    {
        switch (way)
        {
            case "PUT":
                return await server.PutAsync(
                    name, new ByteArrayContent([1]), ("Repr-Digest", $"sha-256=:{Convert.ToBase64String(new byte[32])}:"));
            case "form":
                using (await server.PutAsync(name, new ByteArrayContent([1])))
                using (var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", name } })
                    return await server.SendAsync(HttpMethod.Post, $"/api/blobs/{server.Container.Name}", form, 1, ("If-None-Match", "*"));
            case "ingest":
                return await server.SendAsync(HttpMethod.Put, $"/api/ingest/nobody/{name}", new ByteArrayContent([1]));
            case "unknown":
                return await server.SendAsync(HttpMethod.Put, $"/api/blobs/nowhere/{name}", new ByteArrayContent([1]));
            default:
                return await PostAsync(name, 1L << 60);
        }
    }

    private async Task<string> CreateAsync(string name, long length)
    {
        using var created = await PostAsync(name, length);
        Assert.Equal(201, (int)created.StatusCode);
        return new Uri(server.Address(), created.Headers.Location!).PathAndQuery;
    }

    private Task<HttpResponseMessage> PostAsync(string name, long length) => server.SendAsync(
        HttpMethod.Post, "/api/files", null, 1, ("Tus-Resumable", "1.0.0"),
        ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)),
        ("Upload-Metadata", $"filename {Base64(name)},filetype {Base64("image/png")}"));

    private async Task AppendAsync(string upload, int offset, int bytes)
    {
        using var appended = await PatchAsync(upload, offset, bytes);
        Assert.Equal(204, (int)appended.StatusCode);
    }

    private Task<HttpResponseMessage> PatchAsync(string upload, int offset, int bytes)
    {
        var part = new ByteArrayContent(TestBody.Of(bytes));
        part.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return server.SendAsync(HttpMethod.Patch, upload, part, 1, ("Tus-Resumable", "1.0.0"), ("Upload-Offset", $"{offset}"));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
