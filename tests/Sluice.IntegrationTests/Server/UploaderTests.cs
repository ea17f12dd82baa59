using System.Globalization;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Server;

/// <summary>
/// What pages upload with, in a browser, from another origin, set up as docs/clients.md says. The page reads each blob again, and compares
/// it.
/// </summary>
public sealed class UploaderTests(UploaderServer server) : IClassFixture<UploaderServer>
{
    private const string Same = "200 text/plain same";

    [Fact]
    public async Task Uppy_uploads_by_forms_by_single_requests_and_resumably() => Assert.Equal(
        [
            $"Uppy, a form: {Same}", $"Uppy, one request for each file: {Same}", $"Uppy, resumable: {Same}",
            "refused: 401 No valid key",
        ],
        await UploadAsync("uppy"));

    [Fact]
    public async Task Uppy_goes_on_after_a_reload_with_the_file_that_Golden_Retriever_kept()
    {
        var seen = await UploadAsync("reload");

        Assert.Equal([$"Uppy, after a reload: {Same}", "uploads: 1"], seen[..2]);
        Assert.InRange(int.Parse(seen[2].Split(' ')[1], CultureInfo.InvariantCulture), 2_000_000, 6_000_000);
    }

    [Fact]
    public async Task Filepond_uploads_by_forms_and_in_chunks() => Assert.Equal(
        [
            $"FilePond, a form, 1000: {Same}", $"reverted: 0 {Same}", $"FilePond, resumable, 2500000: {Same}",
            $"FilePond, resumable, 2097152: {Same}", "refused: 401 No valid key",
        ],
        await UploadAsync("filepond"));

    [Fact]
    public async Task Dropzone_uploads_by_forms_and_by_single_requests_and_in_chunks_of_tus_not_of_its_own()
    {
        var seen = await UploadAsync("dropzone");

        Assert.Equal([$"form: {Same}", $"put: {Same}", $"tus: {Same}"], seen[..3]);
        Assert.StartsWith("chunks: 400 ", seen[3], StringComparison.Ordinal);
        Assert.Contains("Dropzone", seen[3], StringComparison.Ordinal);
        Assert.Null(await server.VisibleAsync("chunks.txt"));
        Assert.Equal(["refused: 401 No valid key"], seen[4..]);
    }

    // Browsers stream a body by HTTP/2 only: https://developer.chrome.com/docs/capabilities/web-apis/fetch-streaming-requests.
    [Fact]
    public async Task Fetch_streams_a_body() =>
        Assert.Equal(["HTTP/2: 200 application/octet-stream same", "HTTP/1.1: TypeError"], await UploadAsync("stream"));

    private async Task<string[]> UploadAsync(string scenario)
    {
        var seen = await Browser.UploadWithAsync(scenario, server.Address(), new
        {
            Page = server.Origin,
            Folder = $"/api/blobs/{server.Container.Name}",
            Code = UploaderServer.Key,
            Secure = server.SecureAddress.GetLeftPart(UriPartial.Authority),
            Docs = Repository.PathOf("docs/clients.md"),
        });
        return [.. seen.EnumerateObject().Select(static one => $"{one.Name}: {one.Value}")];
    }
}
