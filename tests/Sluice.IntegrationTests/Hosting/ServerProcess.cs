using Sluice.Testing;
using System.Diagnostics;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// A server in a process of its own, so that its memory is only its own, and killing it is what killing is.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ServerOutput _output = new();

    private ServerProcess(ServerSettings settings)
    {
        var start = new ProcessStartInfo(ChildProcess.Dotnet, [settings.Dll])
        {
            // Its appsettings.json are read from here.
            WorkingDirectory = Path.GetDirectoryName(settings.Dll),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        ServerEnvironment.Apply(settings, start);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => _output.Add(e.Data);
        _process.ErrorDataReceived += (_, e) => _output.Add(e.Data);
        // A run that ends without its disposals, after Ctrl+C or a time-out, leaves no server behind.
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>Where it listens; the first address if there are several.</summary>
    public Uri Address => Addresses[0];

    /// <summary>Everywhere it listens, in the order in which it said so.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>The process identifier.</summary>
    public int ProcessId { get; private set; }

    /// <summary>A copy of the console lines so far.</summary>
    public IReadOnlyList<string> Output => _output.Lines;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it logged as an error, each with the lines that follow it.</summary>
    public IReadOnlyList<string> Errors => _output.Errors;

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended, or does not listen in time; the message has its output.</exception>
    public static async Task<ServerProcess> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var server = new ServerProcess(settings);
        try
        {
            await server.StartAsync(settings.StartTimeout, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of <see cref="Address"/> with no time-out, no proxy and connections of its own.</summary>
    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Asks it to end, as an orchestrator does (SIGTERM), and waits. Windows has no such signal: there it is killed.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        if (OperatingSystem.IsWindows())
            Kill();
        else if (!_process.HasExited)
            Terminate();
        return ExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM), and does not wait.</summary>
    public void Terminate() => ChildProcess.Terminate(ProcessId);

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        using var timeout = new CancellationTokenSource(_stopTimeout);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The server did not end within {_stopTimeout.TotalSeconds} s of SIGTERM:\n{_output}");
        }
        return _process.ExitCode;
    }

    /// <summary>Ends it at once, as a crash does, and waits until it is gone.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // Never started.
        }
    }

    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task StartAsync(TimeSpan startTimeout, CancellationToken cancellationToken)
    {
        _process.Start();
        ProcessId = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(startTimeout);
        try
        {
            await await Task.WhenAny(_output.Listening, _process.WaitForExitAsync(timeout.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The server does not listen after {startTimeout.TotalSeconds} s:\n{_output}");
        }
        if (!_output.Listening.IsCompletedSuccessfully)
            throw new InvalidOperationException($"The server ended with {_process.ExitCode} before it listened:\n{_output}");
        Addresses = await _output.Listening;
    }

    private void KillAtExit(object? sender, EventArgs e) => Kill();
}
