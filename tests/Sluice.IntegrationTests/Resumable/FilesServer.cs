using System.Globalization;
using System.Text;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>A server that takes resumable uploads, and a client of both protocols.</summary>
public sealed class FilesServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    /// <summary>The one site that may upload from its pages.</summary>
    internal const string Origin = "https://app.example.com";

    internal const string Files = "/api/files";
    internal const string TusBytes = "application/offset+octet-stream";
    internal const string HttpBytes = "application/partial-upload";

    private static readonly (string, string) Tus = ("Tus-Resumable", "1.0.0");

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Sluice:Resumable:Name"] = "{date:yyyy}/{id}/{filename}",
        ["Sluice:Resumable:MaxBytes"] = $"{Requirement}",
        ["Sluice:Resumable:MaxAppendDuration"] = "00:01:00",
        ["Sluice:Resumable:AllowedOrigins:0"] = Origin,
        ["Sluice:Blob:BlockBytes"] = "65536",
    };

    private static int Requirement => 20_000_000;

    internal static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A request of tus.</summary>
    internal Task<Answer> TusAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        AskAsync(method, path, content, [Tus, .. headers]);

    internal async Task<Answer> AskAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, content, 1, headers);
        return await Answer.OfAsync(response, TestContext.Current.CancellationToken);
    }

    /// <summary>Creates an upload by tus and says where it is.</summary>
    internal async Task<string> CreateTusAsync(params (string Name, string Value)[] headers)
    {
        var answer = await TusAsync(HttpMethod.Post, Files, null, headers);
        Assert.Equal(201, answer.Status);
        return answer.Header("Location")!;
    }

    /// <summary>Creates an upload by Resumable Uploads for HTTP and says where it is.</summary>
    internal async Task<string> CreateHttpAsync(params (string Name, string Value)[] headers)
    {
        var answer = await AskAsync(HttpMethod.Post, Files, new ByteArrayContent([]), [("Upload-Complete", "?0"), .. headers]);
        Assert.Equal((201, "?0"), (answer.Status, answer.Header("Upload-Complete")));
        return answer.Header("Location")!;
    }

    /// <summary>Adds bytes by tus.</summary>
    internal Task<Answer> PatchTusAsync(string path, long offset, byte[] bytes, params (string Name, string Value)[] headers) =>
        TusAsync(HttpMethod.Patch, path, Bytes(bytes, TusBytes), [("Upload-Offset", Number(offset)), .. headers]);

    /// <summary>Adds bytes by Resumable Uploads for HTTP.</summary>
    internal Task<Answer> PatchHttpAsync(
        string path, long offset, byte[] bytes, bool completes, params (string Name, string Value)[] headers) =>
        AskAsync(
            HttpMethod.Patch, path, Bytes(bytes, HttpBytes),
            [("Upload-Offset", Number(offset)), ("Upload-Complete", completes ? "?1" : "?0"), .. headers]);

    /// <summary>How far an upload is.</summary>
    internal async Task<long> OffsetAsync(string path)
    {
        var answer = await TusAsync(HttpMethod.Head, path);
        Assert.True(answer.Status is 200 or 204, answer.Problem);
        return long.Parse(answer.Header("Upload-Offset")!, CultureInfo.InvariantCulture);
    }

    /// <summary>What is stored of a complete upload.</summary>
    internal async Task<byte[]?> StoredAsync(Answer complete)
    {
        var path = complete.Header("Content-Location")!;
        return await VisibleAsync(Uri.UnescapeDataString(path[$"/api/blobs/{Container.Name}/".Length..]));
    }

    internal static HttpContent Bytes(byte[] bytes, string mediaType, bool sized = true)
    {
        var content = Payload.Content(bytes, sized);
        content.Headers.ContentType = new(mediaType);
        return content;
    }
}
