using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>
/// The requirement for resumable uploads, in requests as large as clients are asked to make them: a gigabyte first, in one framing, and
/// shorter ones then and in the other; a gigabyte each time with <c>SLUICE_FULL=1</c>.
/// </summary>
[Collection(QuietTests.Name)]
public sealed class ResumableStreamingTests(AzuriteFixture azurite)
{
    private static readonly long _shorter = Requirement.IsFull ? Requirement.LargeBodyBytes : 2 * Requirement.BodyBytes;
    private const long AppendBytes = 16 << 20;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task The_first_upload_of_a_process_and_the_next_stay_within_the_limit(Framing framing)
    {
        Requirement.LeaveOutOnFunctions(framing == Framing.ContentLength);
        var container = await azurite.NewContainerAsync();
        await using var server = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = azurite.ConnectionString,
                Containers = [container.Name],
                IsMeasured = true,
                More = new Dictionary<string, string> { ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]) },
            },
            Cancelled);

        Requirement.Holds(await UploadAsync(
            server, container, "first requests", framing == Framing.Chunked ? Requirement.LargeBodyBytes : _shorter, framing, seed: 12));
        Requirement.Holds(await UploadAsync(server, container, "warm", _shorter, framing, seed: 13));
        await container.DeleteIfExistsAsync(cancellationToken: Cancelled);
    }

    private static async Task<MemoryReading> UploadAsync(
        ServerProcess server, BlobContainerClient container, string when, long bytes, Framing framing, ulong seed)
    {
        using var client = server.CreateClient();
        using var body = new GeneratedBody(bytes, seed);
        await using var probe = await MemoryProbe.StartAsync(server.ProcessId, Cancelled);
        using var created = await SendAsync(client, HttpMethod.Post, "/api/files", null, ("Upload-Length", bytes));
        for (long offset = 0; offset < bytes; offset += AppendBytes)
        {
            using var part = new NextBytes(body, Math.Min(AppendBytes, bytes - offset));
            using var appended = await SendAsync(
                client, HttpMethod.Patch, $"{created.Headers.Location}", part, ("Upload-Offset", offset), framing);
        }

        using var done = await SendAsync(client, HttpMethod.Head, $"{created.Headers.Location}", null, null);
        var reading = await probe.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{when}, tus, {bytes / Requirement.Megabyte} MB in appends of 16 MiB, {framing}: {reading}");

        Assert.Equal([$"{bytes}"], done.Headers.GetValues("Upload-Offset"));
        var name = Uri.UnescapeDataString(done.Content.Headers.GetValues("Content-Location").Single().Split($"/{container.Name}/")[1]);
        await using var stored = await container.GetBlobClient(name).OpenReadAsync(cancellationToken: Cancelled);
        Assert.Equal(body.Sha256, Convert.ToBase64String(await SHA256.HashDataAsync(stored, Cancelled)));
        return reading;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string path, HttpContent? content, (string Name, long Value)? field,
        Framing framing = Framing.ContentLength)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;
        content?.Headers.TryAddWithoutValidation("Content-Type", "application/offset+octet-stream");
        if (field is var (name, value))
            request.Headers.Add(name, value.ToString(CultureInfo.InvariantCulture));
        var answer = await client.SendAsync(request, Cancelled);
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{method} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancelled)}");
        return answer;
    }
}
