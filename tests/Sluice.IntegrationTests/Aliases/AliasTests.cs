using System.Text.Json;
using Azure.Storage.Blobs;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Resumable;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Aliases;

/// <summary>Clients, rules, webhooks and resumable uploads use names. Storage, here with two accounts, has what they refer to.</summary>
public sealed class AliasTests(AliasServer server) : IClassFixture<AliasServer>
{
    private readonly byte[] _body = Payload.Random(700_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_is_stored_in_the_account_of_its_alias_and_read_from_there(bool sized)
    {
        var path = $"/api/blobs/{AliasServer.Invoices}/2026/{sized}.bin";
        var put = await server.AskAsync(HttpMethod.Put, path, Payload.Content(_body, sized));

        Assert.Equal((201, path), (put.Status, put.Header("Location")));
        Assert.Equal(AliasServer.Invoices, put.Text("container"));
        Payload.AssertSame(_body, (await VisibleAsync(server.Theirs, $"2026/{sized}.bin"))!);
        using var get = await server.SendAsync(HttpMethod.Get, path);
        Payload.AssertSame(_body, await get.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(put.Header("ETag"), get.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task An_alias_without_an_account_and_a_plain_name_are_in_the_default_account()
    {
        Assert.Equal(201, (await server.AskAsync(HttpMethod.Put, $"/api/blobs/{AliasServer.Local}/one", Payload.Content([1]))).Status);
        Assert.Equal(201, (await server.AskAsync(HttpMethod.Put, server.PathOf("one"), Payload.Content([2]))).Status);

        Assert.Equal([1], await VisibleAsync(server.Ours, "one"));
        Assert.Equal([2], await VisibleAsync(server.Container, "one"));
        Assert.Null(await VisibleAsync(server.Theirs, "one"));
    }

    [Fact]
    public async Task A_condition_is_about_the_blob_behind_the_alias()
    {
        await server.Theirs.GetBlobClient("taken").UploadAsync(BinaryData.FromString("x"), Token);

        var refused = await server.AskAsync(
            HttpMethod.Put, $"/api/blobs/{AliasServer.Invoices}/taken", Payload.Content([1]), ("If-None-Match", "*"));

        Assert.Equal("412 precondition-failed", refused.Problem);
    }

    [Fact]
    public async Task A_list_has_what_is_behind_the_alias_and_not_where_it_is()
    {
        foreach (var name in (string[])["many/1", "many/2", "many/3"])
            await server.Theirs.GetBlobClient(name).UploadAsync(BinaryData.FromString("x"), Token);

        var list = await server.AskAsync(HttpMethod.Get, $"/api/blobs/{AliasServer.Invoices}?prefix=many/&limit=2");

        Assert.Equal((200, AliasServer.Invoices), (list.Status, list.Text("container")));
        Assert.Equal(2, JsonElement.Parse(list.Body).GetProperty("items").GetArrayLength());
        var rest = await server.AskAsync(HttpMethod.Get, list.Header("Link")!.Split('<', '>')[1]);
        Assert.Equal("many/3", JsonElement.Parse(rest.Body).GetProperty("items")[0].GetProperty("name").GetString());
        var marker = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(list.Text("next")));
        foreach (var shown in (string[])[list.Body, rest.Body, list.Header("Link")!, marker])
        {
            Assert.DoesNotContain(server.Theirs.Name, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Theirs.AccountName, shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_blob_is_deleted_behind_the_alias_only()
    {
        foreach (var container in (BlobContainerClient[])[server.Theirs, server.Ours])
            await container.GetBlobClient("twice").UploadAsync(BinaryData.FromString("x"), Token);

        var deleted = await server.AskAsync(HttpMethod.Delete, $"/api/blobs/{AliasServer.Invoices}/twice");

        Assert.Equal(204, deleted.Status);
        Assert.Null(await VisibleAsync(server.Theirs, "twice"));
        Assert.NotNull(await VisibleAsync(server.Ours, "twice"));
        await AliasServer.UntilLoggedAsync(() => server.Output, $"Deleted {AliasServer.Invoices}/twice: 1 bytes");
    }

    [Fact]
    public async Task Each_file_of_a_form_is_stored_behind_the_alias()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([7]), "file", "form.bin" } };

        var answer = await server.AskAsync(HttpMethod.Post, $"/api/blobs/{AliasServer.Invoices}?prefix=forms", form);

        Assert.Equal(201, answer.Status);
        Assert.Equal([7], await VisibleAsync(server.Theirs, "forms/form.bin"));
    }

    // What is behind an alias has no other name here.
    [Fact]
    public async Task A_container_behind_an_alias_is_not_open_by_its_own_name()
    {
        foreach (var name in (string[])[server.Theirs.Name, server.Ours.Name, "bills"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Get, HttpMethod.Delete])
            {
                using var answer = await server.SendAsync(
                    method, $"/api/blobs/{name}/x", method == HttpMethod.Put ? Payload.Content([1]) : null);

                await ProblemDocument.ExpectAsync(answer, FailureKind.ContainerUnknown, Phase.Admit);
            }

            using var list = await server.SendAsync(HttpMethod.Get, $"/api/blobs/{name}");
            await ProblemDocument.ExpectAsync(list, FailureKind.ContainerUnknown, Phase.Admit);
        }
    }

    [Fact]
    public async Task A_rule_stores_behind_an_alias()
    {
        var answer = await server.AskAsync(HttpMethod.Put, "/api/ingest/orders/7", Payload.Content(_body));

        Assert.Equal(201, answer.Status);
        Assert.Equal(AliasServer.Invoices, answer.Text("container"));
        Payload.AssertSame(_body, (await VisibleAsync(server.Theirs, "orders/7"))!);
    }

    [Fact]
    public async Task An_event_has_the_name_that_clients_use_and_the_address_in_storage()
    {
        Assert.Equal(201, (await server.AskAsync(HttpMethod.Post, "/api/hooks/told", Payload.Content([3]))).Status);

        var data = JsonElement.Parse(await server.Event).GetProperty("data");

        Assert.Equal([3], await VisibleAsync(server.Theirs, "told/it"));
        Assert.Equal(AliasServer.Invoices, data.GetProperty("container").GetString());
        Assert.Equal($"{server.Theirs.Uri}/told/it", data.GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_resumable_upload_is_stored_behind_an_alias()
    {
        var path = await CreateAsync(_body.Length);
        await PatchAsync(path, 0, _body[..300_000]);
        Assert.Equal("300000", (await TusAsync(HttpMethod.Head, path)).Header("Upload-Offset"));

        var last = await PatchAsync(path, 300_000, _body[300_000..]);

        Payload.AssertSame(_body, await StoredAsync(last));
    }

    [Fact]
    public async Task Parts_of_a_resumable_upload_become_a_whole_behind_an_alias()
    {
        string[] parts = [await CreateAsync(400_000, ("Upload-Concat", "partial")), await CreateAsync(300_000, ("Upload-Concat", "partial"))];
        await PatchAsync(parts[0], 0, _body[..400_000]);
        await PatchAsync(parts[1], 0, _body[400_000..]);

        var whole = await TusAsync(
            HttpMethod.Post, FilesServer.Files, null, ("Upload-Concat", $"final;{string.Join(' ', parts)}"),
            ("Upload-Metadata", $"filename {FilesServer.Base64("whole.bin")}"));

        Assert.Equal((201, "700000"), (whole.Status, whole.Header("Upload-Offset")));
        Payload.AssertSame(_body, await StoredAsync(whole));
    }

    [Fact]
    public async Task The_server_is_ready_and_its_log_has_the_names_that_clients_use()
    {
        Assert.Equal(201, (await server.AskAsync(HttpMethod.Put, $"/api/blobs/{AliasServer.Invoices}/logged", Payload.Content([1]))).Status);

        Assert.Equal(200, (await server.AskAsync(HttpMethod.Get, "/api/health/ready")).Status);
        await AliasServer.UntilLoggedAsync(() => server.Output, $" {AliasServer.Invoices}/logged");
        Assert.DoesNotContain(server.Output, line => line.Contains($"{server.Theirs.Name}/logged", StringComparison.Ordinal));
    }

    private static async Task<byte[]?> VisibleAsync(BlobContainerClient container, string name)
    {
        var blob = container.GetBlobClient(name);
        return await blob.ExistsAsync(Token) ? (await blob.DownloadContentAsync(Token)).Value.Content.ToArray() : null;
    }

    private async Task<byte[]> StoredAsync(Answer complete)
    {
        var path = complete.Header("Content-Location")!;
        Assert.StartsWith($"/api/blobs/{AliasServer.Invoices}/", path, StringComparison.Ordinal);
        return (await VisibleAsync(server.Theirs, Uri.UnescapeDataString(path[$"/api/blobs/{AliasServer.Invoices}/".Length..])))!;
    }

    private async Task<string> CreateAsync(long length, params (string, string)[] headers)
    {
        var answer = await TusAsync(HttpMethod.Post, FilesServer.Files, null, [("Upload-Length", FilesServer.Number(length)), .. headers]);
        Assert.Equal(201, answer.Status);
        return answer.Header("Location")!;
    }

    private async Task<Answer> PatchAsync(string path, long offset, byte[] bytes)
    {
        var answer = await TusAsync(
            HttpMethod.Patch, path, FilesServer.Bytes(bytes, FilesServer.TusBytes), ("Upload-Offset", FilesServer.Number(offset)));
        Assert.Equal(FilesServer.Number(offset + bytes.Length), answer.Header("Upload-Offset"));
        return answer;
    }

    private Task<Answer> TusAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        server.AskAsync(method, path, content, [("Tus-Resumable", "1.0.0"), .. headers]);
}
