using Sluice.Testing;
using System.Diagnostics;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>Sluice.Server in a process of its own.</summary>
internal sealed class KestrelProcess : ServerProcess
{
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ServerOutput _output = new();

    private KestrelProcess(ServerSettings settings)
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

    public override IReadOnlyList<string> Output => _output.Lines;

    public override bool HasExited => _process.HasExited;

    public override IReadOnlyList<string> Errors => _output.Errors;

    /// <summary>Starts it and waits until it listens.</summary>
    public static new async Task<ServerProcess> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var server = new KestrelProcess(settings);
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

    public override void Terminate() => ChildProcess.Terminate(ProcessId);

    public override async Task<int> ExitAsync()
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

    public override void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            ChildProcess.DeleteDiagnosticFiles(ProcessId);
        }
        catch (InvalidOperationException)
        {
            // Never started.
        }
    }

    public override ValueTask DisposeAsync()
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
