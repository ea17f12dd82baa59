using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Reads;

/// <summary>A server with a key, and every way to store something.</summary>
public class ScriptServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    internal const string Key = "a-key-to-steal";

    private static readonly (string, string) Auth = ("x-functions-key", Key);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sluice:Server:Keys:0"] = Key,
        ["Sluice:Hooks:Sources:open:Scheme"] = "none",
        ["Sluice:Hooks:Sources:open:Store:Container"] = Container.Name,
        ["Sluice:Routes:0:Name"] = "all",
        ["Sluice:Routes:0:Store:Container"] = Container.Name,
        ["Sluice:Routes:0:Store:Name"] = "ingested/{path}",
        ["Sluice:Relay:Targets:typed:Address"] = "http://127.0.0.1:1/",
        ["Sluice:Relay:Targets:typed:MediaTypes:Allow:0"] = "image/*",
        ["Sluice:Relay:Targets:untyped:Address"] = "http://127.0.0.1:1/",
        ["Sluice:Resumable:Name"] = "resumed/{id}",
    };

    /// <summary>Stores a body by one of the ways in, and says where it is; a media type that is null is not declared.</summary>
    internal async Task<string> StoreAsync(string way, string name, string? mediaType, byte[] body)
    {
        (string, string)[] type = mediaType is null ? [] : [("Content-Type", mediaType)];
        using var stored = way switch
        {
            "put" => await SendAsync(
                HttpMethod.Put, PathOf($"put/{name}"), new ByteArrayContent(body), 1,
                [Auth, ("Content-Disposition", "inline; filename=\"a.html\""), .. type]),
            "ingest" => await SendAsync(HttpMethod.Put, $"/api/ingest/{name}", new ByteArrayContent(body), 1, [Auth, .. type]),
            "hook" => await SendAsync(HttpMethod.Post, $"/api/hooks/open", new ByteArrayContent(body), 1, [Auth, .. type]),
            "form" => await SendAsync(HttpMethod.Post, $"/api/blobs/{Container.Name}?prefix=form/", Form(name, mediaType, body), 1, [Auth]),
            "tus" => await SendAsync(
                HttpMethod.Post, "/api/files", Tus(body), 1,
                [Auth, ("Tus-Resumable", "1.0.0"), ("Upload-Length", $"{body.Length}"), .. Metadata(mediaType)]),
            "ietf" =>
                await SendAsync(HttpMethod.Post, "/api/files", new ByteArrayContent(body), 1, [Auth, ("Upload-Complete", "?1"), .. type]),
            _ => throw new ArgumentOutOfRangeException(nameof(way)),
        };
        var said = await stored.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(stored.StatusCode is HttpStatusCode.Created, $"{way}: {(int)stored.StatusCode} {said}");
        return way switch
        {
            "form" => PathOf($"form/{name}"),
            "tus" => Assert.Single(stored.Content.Headers.GetValues("Content-Location")),
            _ => stored.Headers.Location!.OriginalString,
        };
    }

    private static MultipartFormDataContent Form(string name, string? mediaType, byte[] body)
    {
        var file = new ByteArrayContent(body);
        if (mediaType is not null)
            file.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return new MultipartFormDataContent { { file, "file", name } };
    }

    private static ByteArrayContent Tus(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };

    private static (string, string)[] Metadata(string? mediaType) =>
        mediaType is null ? [] : [("Upload-Metadata", $"filetype {Convert.ToBase64String(Encoding.UTF8.GetBytes(mediaType))}")];
}
