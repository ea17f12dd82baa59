using System.Text.Json;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Server;

/// <summary>HTTPie, where it is installed.</summary>
[Collection<OnDefaultServer>]
public sealed class HttpieTests(RunningServer server) : IDisposable
{
    private const int Bytes = 3_000_000;

    private readonly LocalFile _file = new($"{Guid.NewGuid():N}.bin", Bytes);

    private string Folder => Path.GetDirectoryName(_file.Path)!;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--chunked")]
    public async Task What_httpie_puts_is_stored(params string[] how)
    {
        var name = $"httpie {how.Length}.bin";

        var run = await RunAsync([.. how, "PUT", Url(server.PathOf(name)), $"@{_file.Path}"]);

        Assert.Equal(name, JsonElement.Parse(run.Succeeded()).GetProperty("name").GetString());
        Payload.AssertSame(_file.Content, (await server.VisibleAsync(name))!);
    }

    [Theory]
    [InlineData("--form")]
    [InlineData("--multipart")]
    [InlineData("--multipart", "--chunked")]
    public async Task What_httpie_sends_as_a_form_is_stored(params string[] how)
    {
        var folder = $"httpie{string.Concat(how)}";

        var run = await RunAsync([.. how, "POST", Url($"/api/blobs/{server.Container.Name}"), $"prefix={folder}", $"file@{_file.Path}"]);

        run.Succeeded();
        Payload.AssertSame(_file.Content, (await server.VisibleAsync($"{folder}/{Path.GetFileName(_file.Path)}"))!);
    }

    [Fact]
    public async Task Httpie_goes_on_with_a_download_that_broke_off()
    {
        using var stored = await server.PutAsync("half by httpie.bin", Payload.Content(_file.Content));
        Assert.Equal(201, (int)stored.StatusCode);
        var half = Path.Combine(Folder, "half.bin");
        await File.WriteAllBytesAsync(half, _file.Content[..(Bytes / 2)], TestContext.Current.CancellationToken);

        var run = await RunAsync(["--print=h", "--download", "--continue", "--output", half, Url(server.PathOf("half by httpie.bin"))]);

        run.Succeeded();
        Assert.Contains($"Content-Range: bytes {Bytes / 2}-", run.Error, StringComparison.Ordinal);
        Payload.AssertSame(_file.Content, await File.ReadAllBytesAsync(half, TestContext.Current.CancellationToken));
    }

    // It ends with 4 for a status of 4xx.
    [Fact]
    public async Task Httpie_shows_what_was_wrong()
    {
        var run = await RunAsync(["--print=b", Url(server.PathOf("never by httpie.bin"))]);

        Assert.Equal(4, run.ExitCode);
        Assert.Equal(FailureTable.Of(FailureKind.BlobNotFound).Type, JsonElement.Parse(run.Output).GetProperty("type").GetString());
    }

    private string Url(string path) => server.Address().GetLeftPart(UriPartial.Authority) + path;

    private async Task<Command> RunAsync(string[] arguments)
    {
        Assert.SkipUnless(Command.IsThere("http"), "HTTPie is not installed.");
        // It asks nobody whether there is a newer one.
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "config.json"), """{"disable_update_warnings":true}""", TestContext.Current.CancellationToken);
        return await Command.RunAsync(
            "http", ["--ignore-stdin", "--check-status", .. arguments], Folder, "", ("HTTPIE_CONFIG_DIR", Folder), ("no_proxy", "*"));
    }
}
