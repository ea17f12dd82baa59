using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Resumable;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Samples;

/// <summary>docs/samples/resumable-client: each client uploads a file over a connection that breaks in the middle.</summary>
[Collection<OnFilesServer>]
public sealed class ResumableClientTests(FilesServer server)
{
    private const int Bytes = 5_000_000;
    private const int PartBytes = 1_000_000;
    private const int CutAt = 2_600_000;

    private static readonly string _folder = Repository.PathOf("docs/samples/resumable-client");

    [Fact]
    public async Task The_client_in_Python_goes_on_where_its_connection_broke()
    {
        Assert.SkipUnless(Command.IsThere("python3"), "Python is not installed.");
        await ResumesAsync("python3", ["upload.py"]);
    }

    [Fact]
    public async Task The_client_in_a_shell_goes_on_where_its_connection_broke()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is for a POSIX system.");
        Assert.SkipUnless(Command.IsThere("bash") && Command.IsThere("curl") && Command.IsThere("openssl"), "bash, curl or openssl is not installed.");
        await ResumesAsync("bash", ["upload.sh"]);
    }

    [Fact]
    public Task The_client_in_CSharp_goes_on_where_its_connection_broke() =>
        ResumesAsync(Command.Dotnet, ["run", "upload.cs"]);

    [Fact]
    public async Task What_the_server_refuses_is_said_and_not_tried_again()
    {
        Assert.SkipUnless(Command.IsThere("python3"), "Python is not installed.");
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 20_000_001);

        var run = await RunAsync("python3", ["upload.py"], file, server.Address());

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("body-too-large", run.Error, StringComparison.Ordinal);
    }

    private async Task ResumesAsync(string program, string[] arguments)
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", Bytes);
        await using var wire = new CuttingProxy(server.Address(), CutAt);

        var run = await RunAsync(program, arguments, file, wire.Address);

        Assert.True(run.ExitCode == 0, $"{run.Output}{run.Error}");
        Assert.StartsWith($"stored and verified: {wire.Address}api/blobs/{server.Container.Name}/", run.Output, StringComparison.Ordinal);
        Assert.Contains("sking how much has arrived", run.Error, StringComparison.Ordinal);
        Assert.True(wire.HasCut);
        // It did not begin again: what was lost is a part at most.
        Assert.InRange(wire.SentBytes, Bytes, Bytes + (2 * PartBytes));
        await BrowserUploadTests.AssertStoredAsync(server.Container, file);
    }

    // The build of the C# client leaves no server of its own behind, which would hold the pipe of its output open.
    private static Task<Command> RunAsync(string program, string[] arguments, LocalFile file, Uri address) => Command.RunAsync(
        program,
        [.. arguments, file.Path, new Uri(address, "/api/files").AbsoluteUri],
        _folder,
        "",
        ("SLUICE_PART_BYTES", $"{PartBytes}"),
        ("no_proxy", "127.0.0.1"),
        ("NO_PROXY", "127.0.0.1"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("UseSharedCompilation", "false"));
}
