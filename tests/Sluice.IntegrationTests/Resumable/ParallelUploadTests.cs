using System.Security.Cryptography;

namespace Sluice.IntegrationTests.Resumable;

/// <summary><c>parallelUploads</c> of tus-js-client: each part is an upload of its own, and the last request joins them.</summary>
[Collection<OnFilesServer>]
public sealed class ParallelUploadTests(FilesServer server)
{
    private const int Bytes = 9_000_001;
    private const int Parts = 3;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_that_were_stopped_go_on_where_each_was_and_become_one_blob()
    {
        var said = new List<TusEvent>();
        using (var client = await TusClient.StartInPartsAsync(
            new Uri(server.Address(), FilesServer.Files), Bytes, 500_000, Parts, Cancelled))
        {
            await foreach (var line in client.EventsAsync(Cancelled))
                said.Add(line);
        }

        var before = said.TakeWhile(static line => !line.Resumed).ToList();
        var after = said.Skip(before.Count).ToList();
        Assert.Equal(Parts, before.Count(static line => line is { Method: "POST", Status: 201 }));
        Assert.Equal(Parts, after.Count(static line => line is { Method: "HEAD", Status: 200 }));
        // What was stored before is not sent again.
        Assert.InRange(after.Count(static line => line.Method == "PATCH"), 1, (Bytes / 500_000) - 1);
        var whole = Assert.Single(after, static line => line.Method == "POST");
        Assert.Equal(201, whole.Status);
        Assert.All(said, static line => Assert.True(line.Status is null or < 300, $"{line}"));

        var name = Uri.UnescapeDataString(whole.Blob![$"/api/blobs/{server.Container.Name}/".Length..]);
        Assert.EndsWith("/parallel.bin", name, StringComparison.Ordinal);
        var stored = (await server.VisibleAsync(name))!;
        Assert.Equal((Bytes, said[^1].Sha256), (stored.Length, Convert.ToHexStringLower(SHA256.HashData(stored))));
    }
}
