using System.Text.Json;
using Sluice.IntegrationTests.Callers;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>The page of a server that takes bearer tokens beside keys.</summary>
public sealed class BrowserTokenTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Fact]
    public async Task A_token_is_sent_as_such_and_what_opens_no_uploads_is_told_apart_from_what_opens_nothing()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 1_000_000);
        var expired = server.Issuer.Token(
            "ann", static claims => claims["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds());
        var token = server.Issuer.Token("ann");

        var said = await Browser.VisitAsync(
            "ask", server.Address(), new { File = file.Path, Wrong = (string[])[expired, TokenServer.Key], Right = $"Bearer {token}" });

        Assert.Equal(
            ("This server requires a key or token", "Key or bearer token", ""), BrowserKeyTests.Asked(said.GetProperty("asked")));
        Assert.Equal(
            [
                "The server does not accept this key or token. Enter another one.",
                "This key or token does not open uploads. It needs the scope \"files\".",
            ],
            said.GetProperty("refused").EnumerateArray().Select(static refused => BrowserKeyTests.Asked(refused).Text));
        Assert.Equal(JsonValueKind.Null, said.GetProperty("accepted").ValueKind);
        Assert.StartsWith("Done", BrowserUploadTests.Text(said, "done"), StringComparison.Ordinal);
        Assert.Equal(
            ["", $"Bearer {expired}", TokenServer.Key, $"Bearer {token}"],
            said.GetProperty("keys").EnumerateArray().Select(static key => key.GetString()));
        Assert.Equal($$"""{"sluice-key":"{{token}}"}""", said.GetProperty("after").GetProperty("session").GetRawText());
    }
}
