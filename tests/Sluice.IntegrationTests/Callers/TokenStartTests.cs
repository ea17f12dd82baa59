using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Callers;

/// <summary>Settings of tokens that are wrong end the start, and an issuer that is away does not.</summary>
public sealed class TokenStartTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sluice:Server:Tokens:Authority", null)]
    [InlineData("Sluice:Server:Tokens:Authority", "http://issuer.example")]
    [InlineData("Sluice:Server:Tokens:Authority", "issuer")]
    [InlineData("Sluice:Server:Tokens:MetadataAddress", "http://issuer.example/metadata")]
    [InlineData("Sluice:Server:Tokens:Audiences", null)]
    [InlineData("Sluice:Server:Tokens:Audiences:0", " ")]
    [InlineData("Sluice:Server:Tokens:IdClaim", "")]
    [InlineData("Sluice:Server:Tokens:Grants", null)]
    [InlineData("Sluice:Server:Tokens:Grants:1:Role", "Admin")]
    [InlineData("Sluice:Server:Tokens:Grants:0:Scopes:0", "reed")]
    [InlineData("Sluice:Server:Tokens:Grants:0:Scopes:0", "relay:nowhere")]
    [InlineData("Sluice:Server:Tokens:ClockSkew", "01:00:00")]
    [InlineData("Sluice:Server:Tokens:Audience", "api://sluice")]
    [InlineData("Sluice:Server:AllowAnonymous", "true")]
    public async Task A_setting_that_is_wrong_is_named(string key, string? value)
    {
        var settings = Settings("https://issuer.example");
        foreach (var known in settings.Keys.Where(known => value is null && known.StartsWith(key, StringComparison.Ordinal)).ToList())
            settings.Remove(known);
        if (value is not null)
            settings[key] = value;

        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(settings));
        Assert.Contains(key.Replace(":Role", ":Scopes", StringComparison.Ordinal), ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_is_away_makes_tokens_wait_and_hinders_no_key()
    {
        var container = await azurite.NewContainerAsync();
        await using var server = await StartAsync(Settings("http://127.0.0.1:9"), container.Name);
        using var client = ServerClient.Create();
        using var token = await AskAsync(TestIssuer.Header("a.b.c"));
        await ProblemDocument.ExpectAsync(token, FailureKind.IssuerUnreachable, Phase.Admit);
        Assert.NotNull(token.Headers.RetryAfter);
        using var key = await AskAsync(("x-functions-key", TokenServer.Key));
        Assert.Equal(HttpStatusCode.NotFound, key.StatusCode);

        async Task<HttpResponseMessage> AskAsync((string Name, string Value) header)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"/api/blobs/{container.Name}/none"));
            request.Headers.Add(header.Name, header.Value);
            return await client.SendAsync(request, Token);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Code_that_reads_tokens_is_loaded_where_an_issuer_is_set_and_nowhere_else(bool isSet)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lists what a process has loaded.");
        var settings = Settings("http://127.0.0.1:9");
        foreach (var key in settings.Keys.Where(key => !isSet && key.Contains("Tokens", StringComparison.Ordinal)).ToList())
            settings.Remove(key);
        await using var server = await StartAsync(settings);
        using var client = ServerClient.Create();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/blobs/tokens/none"));
        request.Headers.Authorization = new("Bearer", "a.b.c");
        using var answer = await client.SendAsync(request, Token);

        Assert.Equal(
            isSet,
            (await File.ReadAllTextAsync($"/proc/{server.ProcessId}/maps", Token)).Contains("IdentityModel", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Settings(string authority) => new()
    {
        ["Sluice:Server:Tokens:Authority"] = authority,
        ["Sluice:Server:Tokens:Audiences:0"] = "api://sluice",
        ["Sluice:Server:Tokens:Grants:0:Scopes:0"] = "read",
        ["Sluice:Server:Keys:0"] = TokenServer.Key,
    };

    private Task<ServerProcess> StartAsync(Dictionary<string, string> settings, string container = "tokens") => ServerProcess.StartAsync(
        new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = [container],
            AllowAnonymous = false,
            More = settings,
        },
        Token);
}
