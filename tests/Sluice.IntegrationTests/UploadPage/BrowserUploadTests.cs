using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>Files that a browser uploads by the page, and what becomes of them.</summary>
[Collection<OnDefaultServer>]
public sealed class BrowserUploadTests(RunningServer server)
{
    private const int Bytes = 50_000_000;

    [Fact]
    public async Task A_file_that_was_paused_goes_on_after_a_reload_where_it_stopped()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", Bytes);

        var said = await Browser.VisitAsync("resume", server.Address(), new { File = file.Path });

        var before = said.GetProperty("missing").GetProperty("share").GetDouble();
        Assert.Equal(0, said.GetProperty("sentWhilePaused").GetInt32());
        Assert.InRange(before, 0.2, 0.9);
        Assert.Equal(1, said.GetProperty("posts").GetInt32());
        Assert.Equal(before * Bytes, said.GetProperty("continuedAt").GetDouble(), 1.0);
        Assert.StartsWith("Done", Text(said, "done"), StringComparison.Ordinal);
        Assert.Empty(said.GetProperty("kept").EnumerateArray());
        await AssertStoredAsync(server.Container, file);
    }

    [Fact]
    public async Task A_file_goes_on_by_itself_when_the_network_is_back()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", Bytes);

        var said = await Browser.VisitAsync("offline", server.Address(), new { File = file.Path });

        Assert.StartsWith("There is no network.", Text(said, "failed"), StringComparison.Ordinal);
        Assert.Equal(1, said.GetProperty("posts").GetInt32());
        await AssertStoredAsync(server.Container, file);
    }

    [Fact]
    public async Task Many_files_are_counted_and_those_that_failed_are_sent_again_together()
    {
        var files = Enumerable.Range(0, 8).Select(static index => new LocalFile($"{index}-{Guid.NewGuid():N}.bin", 1000 + index)).ToList();
        try
        {
            var said = await Browser.VisitAsync("many", server.Address(), new { Files = files.Select(static file => file.Path) });

            Assert.Equal(
                ["8 files: 5 uploaded, 3 failed", "8 files: 8 uploaded"],
                said.GetProperty("summaries").EnumerateArray().Select(static summary => summary.GetString()));
            Assert.Empty(said.GetProperty("rows").EnumerateArray());
            Assert.Equal("choose", said.GetProperty("focused").GetString());
            await AssertStoredAsync(server.Container, files[0]);
        }
        finally
        {
            files.ForEach(static file => file.Dispose());
        }
    }

    [Fact]
    public async Task A_file_that_is_not_wanted_any_more_is_dropped_by_the_server_too()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", Bytes);

        var said = await Browser.VisitAsync("cancel", server.Address(), new { File = file.Path });

        Assert.Equal(204, said.GetProperty("status").GetInt32());
        Assert.Empty(said.GetProperty("rows").EnumerateArray());
        Assert.Empty(said.GetProperty("kept").EnumerateArray());
        using var gone = await server.SendAsync(
            HttpMethod.Head, new Uri(said.GetProperty("url").GetString()!).AbsolutePath, null, 1, ("Tus-Resumable", "1.0.0"));
        Assert.Contains((int)gone.StatusCode, (int[])[404, 410]);
    }

    internal static string Text(JsonElement said, string name) => said.GetProperty(name).GetProperty("text").GetString()!;

    // Its name is nobody else's; what the server makes of it is for the server's own tests.
    internal static async Task AssertStoredAsync(BlobContainerClient container, LocalFile file)
    {
        var token = TestContext.Current.CancellationToken;
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, token))
        {
            if (blob.Properties.ContentLength == file.Content.Length
                && blob.Name.EndsWith(Path.GetFileName(file.Path), StringComparison.Ordinal))
                names.Add(blob.Name);
        }

        var stored = await container.GetBlobClient(Assert.Single(names)).DownloadContentAsync(token);
        Assert.True(stored.Value.Content.ToMemory().Span.SequenceEqual(file.Content), "What is stored is not the file.");
    }
}
