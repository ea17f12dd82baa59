using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>The page of a server that has keys.</summary>
public sealed class BrowserKeyTests(KeyServer server) : IClassFixture<KeyServer>
{
    [Fact]
    public async Task The_key_of_the_link_leaves_the_address_bar_lasts_as_long_as_the_tab_and_can_be_replaced()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 1_000_000);

        var said = await Browser.VisitAsync("key", server.Address(), new { File = file.Path, Code = "first-key" });

        Assert.Equal(new Uri(server.Address(), "/api/upload").AbsoluteUri, said.GetProperty("address").GetString());
        Assert.Equal("""{"sluice-key":"first-key"}""", said.GetProperty("session").GetRawText());
        Assert.DoesNotContain("first-key", said.GetProperty("kept").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("The function key is missing or wrong.", BrowserUploadTests.Text(said, "refused"), StringComparison.Ordinal);
        Assert.True(said.GetProperty("isSettingsOpen").GetBoolean());
        Assert.StartsWith("Done", BrowserUploadTests.Text(said, "done"), StringComparison.Ordinal);
        Assert.Equal(["first-key", "wrong"], said.GetProperty("keys").EnumerateArray().Select(static key => key.GetString()));
        Assert.DoesNotContain(
            said.GetProperty("urls").EnumerateArray(), static url => url.GetString()!.Contains("first-key", StringComparison.Ordinal));
    }
}
