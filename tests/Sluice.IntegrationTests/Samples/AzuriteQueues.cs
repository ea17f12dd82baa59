using System.Diagnostics;
using Sluice.DevelopmentStorage;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Samples;

/// <summary>Azurite's queue service, which no test but a sample's needs: a process of its own, of the same installation.</summary>
public sealed class AzuriteQueues : IAsyncLifetime
{
    private Process? _process;

    /// <summary>The account, with an endpoint for queues only.</summary>
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var installed = await new AzuriteInstall(new AzuriteOptions()).EnsureAsync(token);
        var start = new ProcessStartInfo("node", [Repository.PathOf("tests/Sluice.IntegrationTests/Samples/queues.js"), installed])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            CreateNoWindow = true,
        };
        start.Environment.Remove("NODE_OPTIONS");
        start.Environment.Remove("AZURITE_ACCOUNTS");
        _process = Process.Start(start)!;
        var address = await _process.StandardOutput.ReadLineAsync(token)
            ?? throw new InvalidOperationException("Azurite's queue service ended as it started; the output of the run says why.");
        ConnectionString = AzuriteAccount.ConnectionString(AzuriteAccount.BlobEndpoint(address))
            .Replace("BlobEndpoint=", "QueueEndpoint=", StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
        return ValueTask.CompletedTask;
    }
}
