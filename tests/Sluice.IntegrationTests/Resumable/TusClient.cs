using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>tus-js-client, in Node.js, which uploads a generated body by one of the scripts in tus/.</summary>
internal sealed class TusClient : IDisposable
{
    private static readonly Lazy<Task<string>> _folder = new(static () =>
        new NpmFolder("tus", Repository.PathOf("tests/Sluice.IntegrationTests/Resumable/tus"), "body.mjs", "parallel.mjs", "upload.mjs")
            .InstallAsync());

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
    public static Task<TusClient> StartAsync(Uri endpoint, long bytes, int chunkBytes, CancellationToken cancellationToken) =>
        StartAsync("upload.mjs", new { endpoint, bytes, chunkBytes }, cancellationToken);

    /// <summary>Begins an upload in parts at once, which is stopped in the middle and goes on.</summary>
    /// <param name="endpoint">Where uploads are created.</param>
    /// <param name="bytes">How long it is.</param>
    /// <param name="chunkBytes">How many bytes go into one request.</param>
    /// <param name="parts">In how many parts.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    public static Task<TusClient> StartInPartsAsync(
        Uri endpoint, int bytes, int chunkBytes, int parts, CancellationToken cancellationToken) =>
        StartAsync("parallel.mjs", new { endpoint, bytes, chunkBytes, parts }, cancellationToken);

    private static async Task<TusClient> StartAsync(string script, object input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [script, JsonSerializer.Serialize(input)])
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
