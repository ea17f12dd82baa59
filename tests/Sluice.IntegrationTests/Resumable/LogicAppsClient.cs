using System.Globalization;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// A workflow's HTTP action with chunking, by its description
/// (https://learn.microsoft.com/azure/logic-apps/logic-apps-handle-large-messages#upload-chunks). It never asks for the offset: a request
/// without an answer, or with 503, is sent again. What its runtime is known to check is checked here: <c>Location</c> is an absolute URL, and
/// <c>Range</c> has all that was sent so far.
/// </summary>
internal sealed class LogicAppsClient(FilesServer server)
{
    private const int MaxRequests = 50;

    /// <summary>What stands behind the unit of a range: a blank (RFC 9110), or '=', as in the description.</summary>
    public string Separator { get; init; } = " ";

    /// <summary>The size of its chunks. The default is null: as suggested.</summary>
    public int? ChunkBytes { get; init; }

    /// <summary>The requests with a chunk that break off in the middle, by their number from 0 on.</summary>
    public IReadOnlySet<int> Cut { get; init; } = new HashSet<int>();

    /// <summary>The requests with a chunk whose answer is lost.</summary>
    public IReadOnlySet<int> Lost { get; init; } = new HashSet<int>();

    /// <summary>How many requests with a chunk it has sent.</summary>
    public int Requests { get; private set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Announces an upload.</summary>
    public Task<Answer> BeginAsync(HttpMethod method, string path, long length, params (string Name, string Value)[] headers) =>
        server.AskAsync(
            method, path, new ByteArrayContent([]),
            [("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", FilesServer.Number(length)), .. headers]);

    /// <summary>Announces an upload that is accepted, and says where its chunks go.</summary>
    public async Task<string> CreateAsync(string path, long length, params (string Name, string Value)[] headers) =>
        Location(await BeginAsync(path == FilesServer.Files ? HttpMethod.Post : HttpMethod.Put, path, length, headers));

    /// <summary>Sends a chunk.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="whole">What it is a part of.</param>
    /// <param name="first">Its first byte.</param>
    /// <param name="end">The byte behind its last one.</param>
    /// <param name="headers">What it says beside its range.</param>
    public Task<Answer> SendAsync(string path, byte[] whole, int first, int end, params (string Name, string Value)[] headers) =>
        server.AskAsync(HttpMethod.Patch, path, new ByteArrayContent(whole[first..end]), [Range(whole, first, end), .. headers]);

    /// <summary>Uploads all of it, and returns the last answer.</summary>
    public async Task<Answer> UploadAsync(HttpMethod method, string path, byte[] whole, params (string Name, string Value)[] headers)
    {
        var last = await BeginAsync(method, path, whole.Length, headers);
        var location = Location(last);
        for (var offset = 0; offset < whole.Length;)
        {
            var suggested = int.Parse(last.Header("x-ms-chunk-size")!, CultureInfo.InvariantCulture);
            var end = Math.Min(offset + (ChunkBytes ?? suggested), whole.Length);
            var number = Requests++;
            if (Cut.Contains(number) || Lost.Contains(number))
            {
                await LoseAsync(location, whole, offset, end, isCut: Cut.Contains(number));
                continue;
            }

            var answer = await SendAsync(location, whole, offset, end, ("Content-Type", "application/octet-stream"));
            // A request that was cut may be heard of after the one that repeats it, and takes the upload over from it.
            if (answer.Problem == "503 upload-taken-over" && Requests < MaxRequests)
                continue;

            Assert.Equal((200, $"bytes=0-{end - 1}"), (answer.Status, answer.Header("Range")));
            (last, offset) = (answer, end);
        }

        return last;
    }

    // Only the path: the server listens on a loopback address, and a client of these tests knows where.
    private string Location(Answer begun)
    {
        Assert.True(begun.Status == 200, begun.Problem);
        var location = new Uri(begun.Header("Location")!, UriKind.Absolute);
        Assert.Equal(server.Address().GetLeftPart(UriPartial.Authority), location.GetLeftPart(UriPartial.Authority));
        return location.PathAndQuery;
    }

    private async Task LoseAsync(string path, byte[] whole, int first, int end, bool isCut)
    {
        using var client = await RawClient.ConnectAsync(server.Address(), Cancelled);
        var (name, value) = Range(whole, first, end);
        await client.SendHeadAsync("PATCH", path, [$"{name}: {value}", $"Content-Length: {end - first}"], Cancelled);
        await client.SendAsync(whole.AsMemory(first, (end - first) / (isCut ? 2 : 1)), Cancelled);
        if (isCut)
            client.Reset();
        else
            // Whatever it says: nobody hears it.
            await client.ReadAsync(Cancelled);
    }

    private (string Name, string Value) Range(byte[] whole, int first, int end) =>
        ("Content-Range", $"bytes{Separator}{first}-{end - 1}/{whole.Length}");
}
