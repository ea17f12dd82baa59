using System.Text.Json;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Blocks of 64 KiB, and forms of at most 10 parts with small heads and fields.</summary>
public sealed class FormServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    public const int MaxParts = 10;
    public const int MaxFieldBytes = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Blob:BlockBytes"] = "65536",
        ["Sluice:Blob:MediaTypes:Refuse:0"] = "text/html",
        ["Sluice:Body:MaxBytes"] = "2000000",
        ["Sluice:Multipart:MaxParts"] = $"{MaxParts}",
        ["Sluice:Multipart:MaxFieldBytes"] = $"{MaxFieldBytes}",
        ["Sluice:Multipart:MaxHeaderBytes"] = "2048",
        ["Sluice:Multipart:MaxHeaders"] = "4",
    };

    /// <summary>The route, with a query.</summary>
    internal string FormPath(string query = "") => $"/api/blobs/{Container.Name}{query}";

    internal Task<HttpResponseMessage> PostAsync(HttpContent form, string query = "", int http = 1) =>
        SendAsync(HttpMethod.Post, FormPath(query), form, http);

    /// <summary>What was said of each file: its status, what it is called, and what went wrong.</summary>
    internal static async Task<string[]> FilesAsync(HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {body}");
        return [.. JsonElement.Parse(body).GetProperty("files").EnumerateArray().Select(static file =>
            $"{file.GetProperty("status")} "
                + $"{file.GetProperty("fileName")}{(file.TryGetProperty("problem", out var problem) ? " " + problem.GetProperty("type").GetString()!.Split(':')[^1] : "")}")];
    }

    /// <summary>What is visible below a prefix, less the prefix.</summary>
    internal async Task<string[]> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in Container.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, prefix, Token))
            names.Add(blob.Name[prefix.Length..]);
        return [.. names];
    }

    internal async Task<byte[]> ReadAsync(string name) =>
        (await Container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray();
}
