using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>The client that everybody has, fed through its standard input.</summary>
internal sealed class CurlProcess : IDisposable
{
    private readonly Process _process;

    private CurlProcess(Process process) => _process = process;

    /// <summary>Whether there is one on this machine.</summary>
    public static bool IsThere { get; } = Command.IsThere("curl");

    public Stream Input => _process.StandardInput.BaseStream;

    public static CurlProcess Start(params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo("curl", ["--silent", "--show-error", "--verbose", "--noproxy", "*", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Waits for a line of its log, such as "&lt; HTTP/1.1 100 Continue".</summary>
    public async Task UntilSaidAsync(string text, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        while (await _process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            said.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"curl did not say '{text}' but:\n{string.Join('\n', said)}");
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>What it wrote on standard output and on standard error.</returns>
    public async Task<(int ExitCode, string Output, string Log)> ToEndAsync(CancellationToken cancellationToken)
    {
        var (output, log) = (
            _process.StandardOutput.ReadToEndAsync(cancellationToken), _process.StandardError.ReadToEndAsync(cancellationToken));
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, await output, await log);
    }

    /// <summary>kill -9, if it still runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
