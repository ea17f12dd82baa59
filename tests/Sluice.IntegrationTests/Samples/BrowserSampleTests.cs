using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Samples;

/// <summary>docs/samples/browser: Uppy, in a browser, on a page of another origin.</summary>
public sealed class BrowserSampleTests(SamplePage sample) : IClassFixture<SamplePage>
{
    [Fact]
    public async Task A_file_is_uploaded_from_another_origin_which_is_told_where_it_is()
    {
        // Two requests: the page sends 16 MiB at a time.
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 20_000_000);

        var said = await Browser.UploadAsync(sample.Page, new { File = file.Path });

        var stored = Assert.Single(said.GetProperty("stored").EnumerateArray()).GetString()!;
        var expected = $"{Path.GetFileName(file.Path)} is stored: /api/blobs/{sample.Container.Name}/";
        Assert.StartsWith(expected, stored, StringComparison.Ordinal);
        Assert.NotEqual(sample.Address().Authority, sample.Page.Authority);
        await BrowserUploadTests.AssertStoredAsync(sample.Container, file);
    }
}
