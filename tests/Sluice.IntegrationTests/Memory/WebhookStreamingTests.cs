using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Memory;

/// <summary>The requirement for webhooks: signed as GitHub does, verified while they pass, into a blob and on to a service.</summary>
public sealed class WebhookStreamingTests(AzuriteFixture azurite)
{
    private static readonly long _bytes = Requirement.IsFull ? 2 * Requirement.BodyBytes : Requirement.BodyBytes;
    private const ulong Seed = 11;
    private const string Secret = "It's a Secret to Everybody";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task The_first_delivery_stays_within_the_limit_and_arrives_whole_on_both_sides(Framing framing)
    {
        Requirement.LeaveOutOnFunctions(framing == Framing.ContentLength);
        await using var service = await ScriptedService.StartAsync();
        var container = await azurite.NewContainerAsync();
        await using var server = await StartAsync(service, container);
        var script = service.At(Scripts.Echo);
        var (status, told, sent, reading) = await DeliverAsync(
            server, $"first request, webhook of {_bytes / Requirement.Megabyte} MB, {framing}", script, Sign(lastBit: 0), framing);
        Requirement.Holds(reading);

        Assert.Equal((201, 200), (status, JsonElement.Parse(told).GetProperty("downstream").GetProperty("status").GetInt32()));
        var seen = await service.SeenAsync(script);
        Assert.Equal(("whole", sent), (await seen.OutcomeAsync(), seen.Sha256));
        Assert.Equal(sent, await StoredAsync(container.GetBlobClient($"github/{script}")));
        await container.DeleteIfExistsAsync(cancellationToken: Cancelled);
    }

    // The sender signed another last byte than the one that arrives, and it is the first request of the process.
    [Theory]
    [InlineData(Framing.Chunked)]
    [InlineData(Framing.ContentLength)]
    public async Task One_whose_last_byte_was_changed_leaves_no_blob_and_a_broken_request_behind(Framing framing)
    {
        Requirement.LeaveOutOnFunctions(framing == Framing.ContentLength);
        await using var service = await ScriptedService.StartAsync();
        var container = await azurite.NewContainerAsync();
        await using var server = await StartAsync(service, container);
        var script = service.At(Scripts.Echo);
        var (status, told, _, reading) = await DeliverAsync(
            server, $"first request, forged webhook of {_bytes / Requirement.Megabyte} MB, {framing}", script, Sign(lastBit: 1), framing);
        Requirement.Holds(reading);

        Assert.Equal((401, "urn:sluice:problem:signature-invalid"), (status, JsonElement.Parse(told).GetProperty("type").GetString()));
        var seen = await service.SeenAsync(script);
        Assert.Equal(("aborted", null), (await seen.OutcomeAsync(), seen.Sha256));
        Assert.False(await container.GetBlobClient($"github/{script}").ExistsAsync(Cancelled));
        await container.DeleteIfExistsAsync(cancellationToken: Cancelled);
    }

    private async Task<ServerProcess> StartAsync(ScriptedService service, BlobContainerClient container) => await ServerProcess.StartAsync(
        new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = [container.Name],
            IsMeasured = true,
            More = new Dictionary<string, string>
            {
                ["Sluice:Relay:Targets:service:Address"] = $"{service.Address()}",
                ["Sluice:Hooks:Sources:github:Scheme"] = "github",
                ["Sluice:Hooks:Sources:github:Secrets:0"] = Secret,
                ["Sluice:Hooks:Sources:github:Store:Container"] = container.Name,
                ["Sluice:Hooks:Sources:github:Relay:Target"] = "service",
                ["Sluice:Hooks:Sources:github:Commit"] = "BlobFirst",
            },
        },
        Cancelled);

    // The delivery's id is the script's name, by which the service and the blob are found.
    private static async Task<(int Status, string Reported, string Sha256, MemoryReading Reading)> DeliverAsync(
        ServerProcess server, string work, string id, string signature, Framing framing)
    {
        using var client = server.CreateClient();
        using var body = new GeneratedBody(_bytes, Seed);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/hooks/github") { Content = new StreamContent(body, 64 * 1024) };
        request.Content.Headers.ContentLength = framing == Framing.ContentLength ? _bytes : null;
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;
        request.Headers.Add("X-GitHub-Delivery", id);
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-Hub-Signature-256", signature);

        await using var probe = await MemoryProbe.StartAsync(server.ProcessId, Cancelled);
        using var answer = await client.SendAsync(request, Cancelled);
        var told = await answer.Content.ReadAsStringAsync(Cancelled);
        var reading = await probe.StopAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"{work}: {reading}");
        return ((int)answer.StatusCode, told, Convert.ToHexString(Convert.FromBase64String(body.Sha256!)), reading);
    }

    private static string Sign(byte lastBit)
    {
        using var body = new GeneratedBody(_bytes, Seed);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret));
        var buffer = new byte[64 * 1024];
        while (body.Read(buffer) is > 0 and var count)
        {
            buffer[count - 1] ^= body.Position == _bytes ? lastBit : (byte)0;
            mac.AppendData(buffer, 0, count);
        }

        return $"sha256={Convert.ToHexStringLower(mac.GetHashAndReset())}";
    }

    private static async Task<string> StoredAsync(BlobClient blob)
    {
        await using var stream = await blob.OpenReadAsync(cancellationToken: Cancelled);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, Cancelled));
    }
}
