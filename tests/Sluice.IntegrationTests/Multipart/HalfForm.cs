using System.Text.Json;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>
/// A form of two files, <c>1</c> and <c>2</c>, of which only the first half was sent: all of the first file, with the boundary behind it,
/// and half of the second one, or of its head.
/// </summary>
internal sealed class HalfForm : IDisposable
{
    private const int FileBytes = 200_000;

    private readonly byte[] _rest;
    private readonly Framing _framing;

    private HalfForm(RawClient client, byte[] rest, Framing framing)
    {
        Client = client;
        _rest = rest;
        _framing = framing;
    }

    /// <summary>Where in the second part it stops.</summary>
    public enum Stop
    {
        Head,
        File,
    }

    public static byte[] First { get; } = TestBody.Of(FileBytes);

    public static byte[] Second { get; } = TestBody.Of(FileBytes + 1);

    /// <summary>Who sends it.</summary>
    public RawClient Client { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Sends the first half, and waits until as much of it is at storage as can be.</summary>
    public static async Task<HalfForm> BeginAsync(SluiceFixture sluice, string prefix, bool atomic, Framing framing, Stop stop = Stop.File)
    {
        var form = new ChromiumForm().File("f", "1", First);
        var before = form.ToArray().Length - form.End.Length;
        var whole = form.File("f", "2", Second).ToArray();
        var sent = before + (stop == Stop.Head ? form.FileHead("f", "2").Length / 2 : FileBytes / 2);
        var client = await sluice.ConnectAsync();
        await client.SendHeadAsync(
            "POST", $"/api/blobs/{sluice.Container.Name}?prefix={prefix}&atomic={(atomic ? "true" : "false")}",
            [$"Content-Type: {form.MediaType}", framing.Header(whole.Length), "Expect: 100-continue"], Cancelled);
        Assert.Equal(100, (await client.ReadAsync(Cancelled)).Status);
        await framing.SendAsync(client, whole.AsMemory(0, sent), Cancelled);
        await sluice.UntilAskedAsync(atomic ? StorageOperation.PutBlock : StorageOperation.PutBlockList, $"{prefix}/1");
        if (stop == Stop.File)
            await sluice.UntilAskedAsync(StorageOperation.PutBlock, $"{prefix}/2");
        return new HalfForm(client, whole[sent..], framing);
    }

    /// <summary>Sends the other half.</summary>
    public async Task FinishAsync()
    {
        await _framing.SendAsync(Client, _rest, Cancelled);
        if (_framing == Framing.Chunked)
            await Client.SendChunkAsync(default, Cancelled);
    }

    /// <summary>What was answered: the status, each file with its own, and what ended the form.</summary>
    public static string Reported(Answer answer)
    {
        if (answer.Header("Content-Type") == "application/problem+json")
            return answer.Problem;
        var body = JsonElement.Parse(answer.Body);
        var files = body.GetProperty("files")
            .EnumerateArray()
            .Select(static file => $"{file.GetProperty("status")} {file.GetProperty("fileName")}{Kind(file)}");
        return $"{answer.Status}: {string.Join(", ", files)}{(body.TryGetProperty("problem", out _) ? ";" : "")}{Kind(body)}";
    }

    /// <summary>The whole file is stored, the other one is not, and the server goes on.</summary>
    public static async Task AssertFirstIsStoredAsync(SluiceFixture sluice, string prefix)
    {
        Assert.Equal(First, (await sluice.Container.GetBlobClient($"{prefix}/1").DownloadContentAsync(Cancelled)).Value.Content.ToArray());
        Assert.Equal("nothing", await sluice.VisibleAsync($"{prefix}/2"));
        await sluice.AssertHealthyAsync();
    }

    /// <summary>Neither is stored, and the server goes on.</summary>
    public static async Task AssertNothingIsStoredAsync(SluiceFixture sluice, string prefix)
    {
        Assert.Equal("nothing nothing", $"{await sluice.VisibleAsync($"{prefix}/1")} {await sluice.VisibleAsync($"{prefix}/2")}");
        await sluice.AssertHealthyAsync();
    }

    public void Dispose() => Client.Dispose();

    private static string Kind(JsonElement told) =>
        told.TryGetProperty("problem", out var problem) ? $" {problem.GetProperty("type").GetString()!.Split(':')[^1]}" : "";
}
