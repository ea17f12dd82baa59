using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Resumable;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Blobs;

/// <summary>A server on which blobs can be deleted and listed. Its tests share a container: each has a folder of its own.</summary>
public sealed class BlobServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Blob:AllowDelete"] = "true",
        ["Sluice:Blob:AllowList"] = "true",
    };

    /// <summary>The path of the list.</summary>
    internal string List => $"/api/blobs/{Container.Name}";

    internal async Task<Answer> AskAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, content, 1, headers);
        return await Answer.OfAsync(response, TestContext.Current.CancellationToken);
    }

    /// <summary>Puts a blob into the container, past the server.</summary>
    internal async Task<BlobClient> SeedAsync(string name)
    {
        var blob = Container.GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromString("hello"), overwrite: true, TestContext.Current.CancellationToken);
        return blob;
    }

    /// <summary>Begins an upload by tus, of which five bytes are missing. Returns its address and the name of its blob.</summary>
    internal async Task<(string Path, string Name)> BeginUploadAsync()
    {
        var file = $"{Guid.NewGuid():N}";
        var created = await AskAsync(
            HttpMethod.Post, FilesServer.Files, null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "10"),
            ("Upload-Metadata", $"filename {FilesServer.Base64(file)}"));
        Assert.Equal(201, created.Status);
        var path = created.Header("Location")!;
        await AppendAsync(path, 0);
        await foreach (var blob in Container.GetBlobsAsync(
            BlobTraits.None, BlobStates.Uncommitted, null, TestContext.Current.CancellationToken))
        {
            if (blob.Name.EndsWith($"/{file}", StringComparison.Ordinal))
                return (path, blob.Name);
        }

        throw new InvalidOperationException("Nothing of the upload is in storage.");
    }

    /// <summary>Adds five bytes to it.</summary>
    internal async Task AppendAsync(string path, int offset) => Assert.Equal(204, (await AskAsync(
        HttpMethod.Patch, path, FilesServer.Bytes([1, 2, 3, 4, 5], FilesServer.TusBytes), ("Tus-Resumable", "1.0.0"),
        ("Upload-Offset", FilesServer.Number(offset)))).Status);
}
