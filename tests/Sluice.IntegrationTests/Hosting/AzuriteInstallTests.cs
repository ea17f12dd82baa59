using System.Diagnostics;
using Sluice.DevelopmentStorage;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>With an npm that is a script: it takes no network, and counts its runs. The fixture uses the real one.</summary>
public sealed class AzuriteInstallTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sluice-test-").FullName;
    private readonly List<string> _said = [];

    [Fact]
    public async Task Two_installs_at_once_give_one_folder()
    {
        var options = Options(Script(
            "sleep 1\nmkdir node_modules\necho run >> ../runs",
            "ping -n 2 127.0.0.1 > nul\r\nmkdir node_modules\r\necho run>> ..\\runs"));

        var folders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnsureAsync(options)));

        var folder = Assert.Single(folders.Distinct());
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")));
        Assert.True(File.Exists(Path.Combine(folder, "services.js")));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_root, "runs"), TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetDirectories(_root));
        Assert.Single(_said, static line => line.StartsWith("Installing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_install_is_done_again_and_leaves_nothing()
    {
        var broken = Options(Script("mkdir node_modules\nexit 3", "mkdir node_modules\r\nexit 3"));
        await Assert.ThrowsAsync<DevelopmentStorageException>(() => EnsureAsync(broken));
        Assert.Empty(Directory.GetDirectories(_root));

        var folder = await EnsureAsync(Options(Script("exit 0", "exit 0")));
        Directory.Move(folder, folder + ".killed"); // as after a power failure
        Assert.Equal(folder, await EnsureAsync(broken with { Npm = Script("exit 0", "exit 0") }));
        Assert.Single(Directory.GetDirectories(_root));
    }

    [Fact]
    public async Task What_npm_says_is_one_clear_line()
    {
        string[] lines =
        [
            "echo npm warn deprecated x",
            "echo npm error code ENOTFOUND",
            "echo npm error A complete log of this run can be found in: y",
            "exit 1",
        ];
        var options = Options(Script(string.Join('\n', lines), string.Join("\r\n", lines)));
        var failure = await Assert.ThrowsAsync<DevelopmentStorageException>(() => EnsureAsync(options));
        const string Expected = "Azurite could not be installed: npm ended with 1: code ENOTFOUND. Check that npm reaches its registry, ";
        Assert.StartsWith(Expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_node_is_one_clear_line() =>
        AssertMissing("no-such-node", await Assert.ThrowsAsync<DevelopmentStorageException>(
            () => EnsureAsync(Options("npm") with { Node = "no-such-node" })));

    [Fact]
    public async Task A_missing_npm_is_one_clear_line() =>
        AssertMissing("no-such-npm", await Assert.ThrowsAsync<DevelopmentStorageException>(() => EnsureAsync(Options("no-such-npm"))));

    [Fact]
    public async Task A_node_that_is_too_old_is_one_clear_line()
    {
        var options = Options("npm") with { Node = Script("echo v18.20.8", "echo v18.20.8") };
        var failure = await Assert.ThrowsAsync<DevelopmentStorageException>(() => EnsureAsync(options));
        Assert.StartsWith("Node.js 18.20.8 is too old", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_file_names_no_registry()
    {
        var path = Path.Combine(AzuriteInstall.Source, "package-lock.json");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
        Assert.Contains("\"azurite\": \"3.37.0\"", text, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Task<string> EnsureAsync(AzuriteOptions options) =>
        new AzuriteInstall(options).EnsureAsync(TestContext.Current.CancellationToken);

    private static void AssertMissing(string program, DevelopmentStorageException failure)
    {
        Assert.Contains($"'{program}' was not found", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Install Node.js 20 or newer", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Sluice__Blob__ConnectionString", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private AzuriteOptions Options(string npm) => new() { InstallFolder = _root, Npm = npm, Say = Say };

    private void Say(string line)
    {
        lock (_said)
            _said.Add(line);
    }

    private string Script(string unix, string windows)
    {
        var path = Path.Combine(_root, $"script-{Guid.NewGuid():N}{(OperatingSystem.IsWindows() ? ".cmd" : "")}");
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(path, $"@echo off\r\n{windows}\r\n");
            return path;
        }
        File.WriteAllText(path + ".source", $"#!/bin/sh\n{unix}\n");
        File.SetUnixFileMode(path + ".source", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Written by another process: ours may be forking for another test, and a file that any process still has open
        // for writing cannot be run (ETXTBSY).
        using var copy = Process.Start("cp", ["-p", path + ".source", path]);
        copy.WaitForExit();
        return path;
    }
}
