using System.Text.Json;
using Azure.Storage.Sas;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Resumable;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Aliases;

/// <summary>What becomes of names that lead nowhere, or elsewhere than before.</summary>
public sealed class AliasSettingsTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The check is public: it tells neither the alias nor what is behind it.
    [Fact]
    public async Task A_container_that_does_not_exist_is_named_by_the_place_of_its_alias()
    {
        var there = await azurite.NewContainerAsync(second: true);
        await using var server = await StartAsync(null, new()
        {
            ["Sluice:Blob:Aliases:archive"] = $"other/{there.Name}",
            ["Sluice:Blob:Aliases:invoices"] = "other/nowhere",
            ["Sluice:Resumable:Container"] = "archive",
        });
        using var client = server.CreateClient();

        using var response = await client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), Token);
        var answer = await Answer.OfAsync(response, Token);

        Assert.Equal("503 not-ready", answer.Problem);
        var storage = JsonElement.Parse(answer.Body).GetProperty("checks").EnumerateArray().Last();
        Assert.Equal("Sluice:Blob:Aliases[1]: storage-rejected ContainerNotFound", storage.GetProperty("detail").GetString());
        Assert.DoesNotContain("invoices", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", answer.Body, StringComparison.Ordinal);
        await AliasServer.UntilLoggedAsync(() => server.Output, "Not ready: storage: invoices: storage-rejected ContainerNotFound");
    }

    // Storage copies the parts by itself: the account of the whole reads them with a signature of the account of the parts.
    [Fact]
    public async Task Parts_in_one_account_become_a_whole_in_another()
    {
        var (theirs, ours) = (await azurite.NewContainerAsync(second: true), await azurite.NewContainerAsync());
        Dictionary<string, string> settings = new()
        {
            ["Sluice:Blob:Aliases:invoices"] = $"other/{theirs.Name}",
            ["Sluice:Blob:Aliases:whole"] = ours.Name,
        };
        var body = Payload.Random(5_000);
        string path;
        await using (var first = await StartAsync(azurite.ConnectionString, new(settings) { ["Sluice:Resumable:Container"] = "invoices" }))
            path = await PartAsync(first, body);

        await using var second = await StartAsync(azurite.ConnectionString, new(settings) { ["Sluice:Resumable:Container"] = "whole" });
        using var client = second.CreateClient();
        var whole = await TusAsync(client, HttpMethod.Post, FilesServer.Files, null, ("Upload-Concat", $"final;{path}"));

        Assert.Equal(201, whole.Status);
        Assert.StartsWith("/api/blobs/whole/", whole.Header("Content-Location"), StringComparison.Ordinal);
        var name = Uri.UnescapeDataString(whole.Header("Content-Location")!["/api/blobs/whole/".Length..]);
        Payload.AssertSame(body, (await ours.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray());
        Assert.Empty(await theirs.GetBlobsAsync(cancellationToken: Token).ToListAsync(Token));
    }

    // As the owner of an account in another tenant gives access.
    [Fact]
    public async Task A_shared_access_signature_is_enough_and_nobody_is_told_it()
    {
        var theirs = await azurite.NewContainerAsync(second: true);
        var permissions = BlobContainerSasPermissions.Read | BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write
            | BlobContainerSasPermissions.Delete;
        var signature = theirs.GenerateSasUri(permissions, DateTimeOffset.UtcNow.AddHours(1)).Query[1..];
        await using var server = await StartAsync(null, new()
        {
            ["Sluice:Blob:Aliases:invoices"] = $"other/{theirs.Name}",
            ["Sluice:Blob:Accounts:other:ConnectionString"] =
                $"BlobEndpoint={azurite.SecondServiceClient.Uri};SharedAccessSignature={signature}",
        });
        using var client = server.CreateClient();
        var body = Payload.Random(5_000);
        var path = await PartAsync(server, body);

        var whole = await TusAsync(client, HttpMethod.Post, FilesServer.Files, null, ("Upload-Concat", $"final;{path}"));
        var read = await client.GetByteArrayAsync(new Uri(whole.Header("Content-Location")!, UriKind.Relative), Token);
        using var ready = await client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), Token);

        Assert.Equal((201, 200), (whole.Status, (int)ready.StatusCode));
        Payload.AssertSame(body, read);
        Assert.DoesNotContain("sig=", whole.Body + string.Concat(server.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_into_a_container_that_is_closed_since_is_unknown()
    {
        var (theirs, ours) = (await azurite.NewContainerAsync(second: true), await azurite.NewContainerAsync());
        string path;
        await using (var first = await StartAsync(null, new() { ["Sluice:Blob:Aliases:invoices"] = $"other/{theirs.Name}" }))
            path = await PartAsync(first, Payload.Random(10));

        await using var second = await StartAsync(azurite.ConnectionString, new()
        {
            ["Sluice:Blob:Containers:0"] = ours.Name,
            ["Sluice:Blob:Aliases:bills"] = $"other/{theirs.Name}",
        });
        using var client = second.CreateClient();
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            var answer = await TusAsync(client, method, path);

            Assert.Equal("404 upload-unknown", answer.Problem);
            Assert.Contains("no longer configured (Sluice:Blob:Containers or Sluice:Blob:Aliases)", answer.Body, StringComparison.Ordinal);
        }
    }

    private async Task<ServerProcess> StartAsync(string? connectionString, Dictionary<string, string> more)
    {
        more.TryAdd("Sluice:Blob:Accounts:other:ConnectionString", azurite.SecondConnectionString);
        more["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]);
        return await ServerProcess.StartAsync(new ServerSettings { ConnectionString = connectionString, More = more }, Token);
    }

    private static async Task<string> PartAsync(ServerProcess server, byte[] body)
    {
        using var client = server.CreateClient();
        var created = await TusAsync(
            client, HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", FilesServer.Number(body.Length)), ("Upload-Concat", "partial"));
        Assert.Equal(201, created.Status);
        var path = created.Header("Location")!;
        var sent = await TusAsync(
            client, HttpMethod.Patch, path, FilesServer.Bytes(body, FilesServer.TusBytes), ("Upload-Offset", "0"));
        Assert.Equal(FilesServer.Number(body.Length), sent.Header("Upload-Offset"));
        return path;
    }

    private static async Task<Answer> TusAsync(
        HttpClient client, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        foreach (var (name, value) in headers.Prepend(("Tus-Resumable", "1.0.0")))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, Token);
        return await Answer.OfAsync(response, Token);
    }
}
