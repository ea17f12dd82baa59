using System.Text.Json;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Memory;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// Clients that are generated of docs/openapi.json compile, stream in both directions, and read problems. Those in C# take a minute to
/// generate and build, and are left out without <c>SLUICE_FULL=1</c>.
/// </summary>
[Collection<OnDefaultServer>]
public sealed class GeneratedClientTests(RunningServer server)
{
    private const long Length = 64_000_000;

    [Fact]
    public async Task A_client_of_NSwag_streams_a_body_there_and_back()
    {
        Assert.SkipUnless(Requirement.IsFull, "With SLUICE_FULL=1 only.");
        await AssertStreamsAsync(await GeneratedClient.NSwagAsync(), "nswag.bin");
    }

    [Fact]
    public async Task A_client_of_Kiota_streams_a_body_there_and_back()
    {
        Assert.SkipUnless(Requirement.IsFull, "With SLUICE_FULL=1 only.");
        await AssertStreamsAsync(await GeneratedClient.KiotaAsync(), "kiota.bin");
    }

    [Fact]
    public async Task A_client_of_openapi_typescript_streams_a_body_there_and_back() =>
        await AssertStreamsAsync(await GeneratedClient.TypeScriptAsync(), "typescript.bin");

    [Fact]
    public void The_page_about_clients_names_the_versions_that_were_tested()
    {
        var packages = JsonElement.Parse(Repository.Read("tests/Sluice.IntegrationTests/OpenApi/clients/typescript/package.json"))
            .GetProperty("dependencies");
        Assert.All(
            (string[])
            [
                $"| [NSwag](https://github.com/RicoSuter/NSwag), C# | {new DotnetTool("nswag.consolecore").Version} |",
                $"| [Kiota](https://learn.microsoft.com/openapi/kiota/), C# | {new DotnetTool("microsoft.openapi.kiota").Version}, ",
                $"with openapi-fetch | {packages.GetProperty("openapi-typescript")}, {packages.GetProperty("openapi-fetch")} |",
            ],
            static row => Assert.Contains(row, Repository.Read("docs/clients.md"), StringComparison.Ordinal));
    }

    // Neither the body nor the blob is ever held as a whole: all that the program allocates is less.
    private async Task AssertStreamsAsync(GeneratedClient client, string name)
    {
        var report = await client.RunAsync(server.Address(), server.Container.Name, name, Length);

        Assert.Equal((Length, report.Sent, "urn:sluice:problem:blob-not-found"), (report.Bytes, report.Received, report.Problem));
        Assert.InRange(report.Allocated ?? 0, 0, Length / 2);
        var stored = await server.Container.GetBlobClient(name).GetPropertiesAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Length, stored.Value.ContentLength);
    }
}
