using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>tus-js-client, in Node.js, which uploads a generated body.</summary>
internal sealed class TusClient : IDisposable
{
    private static readonly Lazy<Task<string>> _folder = new(static () =>
        new NpmFolder("tus", Repository.PathOf("tests/Sluice.IntegrationTests/Resumable/tus"), "upload.mjs").InstallAsync());

    private readonly Process _process;
    private readonly Task<string> _error;

    private TusClient(Process process, CancellationToken cancellationToken)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(cancellationToken);
    }

    /// <summary>Begins an upload.</summary>
    /// <param name="endpoint">Where uploads are created.</param>
    /// <param name="bytes">How long it is.</param>
    /// <param name="chunkBytes">How many bytes go into one request.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    public static async Task<TusClient> StartAsync(Uri endpoint, long bytes, int chunkBytes, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["upload.mjs", JsonSerializer.Serialize(new { endpoint, bytes, chunkBytes })])
        {
            WorkingDirectory = await _folder.Value,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        return new TusClient(Process.Start(start)!, cancellationToken);
    }

    /// <summary>What happens, as it happens, until the upload is there. Fails if it does not come to that.</summary>
    public async IAsyncEnumerable<TusEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            yield return JsonSerializer.Deserialize<TusEvent>(line, JsonSerializerOptions.Web)!;
        await _process.WaitForExitAsync(cancellationToken);
        Assert.True(_process.ExitCode == 0, $"tus-js-client gave up: {await _error}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
