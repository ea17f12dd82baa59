using System.Net;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>Sluice.Server as a .NET tool: packed, installed and started as docs/library.md says.</summary>
public sealed class ToolTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_that_is_packed_can_be_installed_and_serves()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-test-").FullName;
        try
        {
            var (packages, tools) = (Path.Combine(folder, "packages"), Path.Combine(folder, "tools"));
            // From the libraries that PublishServer.targets has compiled: nothing else builds there while tests run.
            await DotnetAsync(
                "pack", Repository.PathOf("src/Sluice.Server"), "-o", packages,
                "--artifacts-path", Repository.PathOf("artifacts/publish-obj"), "--disable-build-servers", "-v", "quiet", "-nologo", "-tl:off");
            await DotnetAsync("tool", "install", "sluice.server", "--tool-path", tools, "--source", packages);
            var command = Path.Combine(tools, OperatingSystem.IsWindows() ? "sluice.exe" : "sluice");

            await using (var server = await ServerProcess.StartAsync(
                new ServerSettings
                {
                    ConnectionString = azurite.ConnectionString,
                    Containers = ["unused"],
                    Dll = Directory.EnumerateFiles(tools, "Sluice.Server.dll", SearchOption.AllDirectories).Single(),
                },
                Token))
            {
                using var client = server.CreateClient();
                using var live = await client.GetAsync(new Uri("/api/health/live", UriKind.Relative), Token);
                using var page = await client.GetAsync(new Uri("/api/upload", UriKind.Relative), Token);
                var probe = await RunAsync(command, ["health", $"--urls={server.Address}"]);

                Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, 0), (live.StatusCode, page.StatusCode, probe.ExitCode));
            }

            var wrong = await RunAsync(command, ["--Sluice:Blob:BlockBytes=1"]);
            Assert.Equal(1, wrong.ExitCode);
            Assert.Contains("Sluice:Blob:BlockBytes is '1'", wrong.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // It starts Azurite in a development build only.
    [Fact]
    public void It_is_packed_from_what_is_published()
    {
        var project = Repository.Read("src/Sluice.Server/Sluice.Server.csproj");
        var tool = project.Split("<PropertyGroup").Single(static group => group.Contains("<PackAsTool>", StringComparison.Ordinal));

        Assert.StartsWith(" Condition=\"'$(Configuration)' == 'Release' and ", tool, StringComparison.Ordinal);
        Assert.Contains("<ToolCommandName>sluice</ToolCommandName>", tool, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_the_library_says_how()
    {
        var page = Repository.Read("docs/library.md");

        Assert.Contains("dotnet pack src/Sluice.Server -o artifacts/packages", page, StringComparison.Ordinal);
        Assert.Contains("dotnet tool install sluice.server", page, StringComparison.Ordinal);
    }

    private static async Task DotnetAsync(params string[] arguments) => (await RunAsync(Command.Dotnet, arguments)).Succeeded();

    // The command looks for the runtime where the installer puts it, unless it is told another place.
    private static Task<Command> RunAsync(string program, string[] arguments) => Command.RunAsync(
        program, arguments, Repository.PathOf(""), "", ("DOTNET_ROOT", Path.GetDirectoryName(Command.Dotnet)!), ("DOTNET_NOLOGO", "1"));
}
