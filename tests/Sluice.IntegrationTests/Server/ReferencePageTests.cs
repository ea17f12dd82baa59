using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.UploadPage;
using Sluice.Server;

namespace Sluice.IntegrationTests.Server;

/// <summary>The API as a page, for whoever runs the server in Development.</summary>
public sealed class ReferencePageTests(AzuriteFixture azurite)
{
    private const string Package = "Swashbuckle.AspNetCore.SwaggerUI";

    // Of this build, which is what dotnet run starts.
    private static readonly string _built = Path.Combine(AppContext.BaseDirectory, "Sluice.Server.dll");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_Development_it_lists_all_operations_and_asks_no_other_server()
    {
        SkipWhereThereIsNone();
        await using var server = await StartAsync(_built, "Development");

        var said = await Browser.VisitAsync("reference", server.Address, new { });

        Assert.Equal("Sluice", said.GetProperty("title").GetString());
        Assert.Contains(
            "/api/blobs/{container}/{name}", said.GetProperty("operations").EnumerateArray().Select(static path => path.GetString()));
        Assert.Equal(0, said.GetProperty("errors").GetInt32());
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development", "Sluice:Server:Keys:0")]
    public async Task Elsewhere_and_where_a_browser_could_not_read_the_document_there_is_none(string environment, string? key = null)
    {
        SkipWhereThereIsNone();
        await using var server = await StartAsync(_built, environment, key);

        await AssertNoneAsync(server, key is null ? FailureKind.RouteUnknown : FailureKind.KeyInvalid);
    }

    [Fact]
    public async Task A_published_server_has_none_in_any_environment()
    {
        await using var server = await StartAsync(PublishedServer.Dll, "Development");

        await AssertNoneAsync(server, FailureKind.RouteUnknown);
        Assert.Empty(Directory.EnumerateFiles(PublishedServer.Folder, $"{Package}*", SearchOption.AllDirectories));
    }

    private static void SkipWhereThereIsNone() => Assert.SkipUnless(
        typeof(SluiceServer).Assembly.GetReferencedAssemblies().Any(static reference => reference.Name == Package),
        "A Release build has no reference page.");

    private Task<ServerProcess> StartAsync(string dll, string environment, string? key = null) => ServerProcess.StartAsync(
        new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = ["unused"],
            Environment = environment,
            AllowAnonymous = key is null,
            More = key is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [key] = "some-key-0123456789" },
            Dll = dll,
        },
        Token);

    private static async Task AssertNoneAsync(ServerProcess server, FailureKind kind)
    {
        using var client = server.CreateClient();
        foreach (var path in (string[])["/api/docs", "/api/docs/", "/api/docs/index.html", "/api/docs/swagger-ui-bundle.js"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
            await ProblemDocument.ExpectAsync(answer, kind, Phase.Admit);
        }
    }
}
