using System.Diagnostics;
using Sluice.Testing;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// A storage account that keeps no bytes and takes them as fast as the kernel has them: for tests of memory whose bodies would take Azurite
/// a minute. It runs in a process of its own, as the comparison of docs/performance.md has it (tests/Sluice.Benchmarks).
/// </summary>
internal sealed class DiscardingStorage : IAsyncDisposable
{
    /// <summary>The container that it has.</summary>
    public const string Container = "bench";

    private readonly Process _process;

    private DiscardingStorage(Process process, string connectionString)
    {
        (_process, ConnectionString) = (process, connectionString);
        // A run that ends without its disposals, after Ctrl+C or a time-out, leaves no process behind.
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>For <c>Sluice:Blob:ConnectionString</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<DiscardingStorage> StartAsync(CancellationToken cancellationToken)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Repository.PathOf($"tests/Sluice.Benchmarks/bin/{configuration}/net10.0/Sluice.Benchmarks.dll");
        var process = Process.Start(new ProcessStartInfo(ChildProcess.Dotnet, [program, "storage"]) { RedirectStandardOutput = true })!;
        try
        {
            return new DiscardingStorage(
                process, await process.StandardOutput.ReadLineAsync(cancellationToken)
                    ?? throw new InvalidOperationException("The storage that discards ended while it started."));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        _process.Kill();
        _process.Dispose();
        return default;
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill();
}
