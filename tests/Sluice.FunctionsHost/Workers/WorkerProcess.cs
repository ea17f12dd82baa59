using System.Diagnostics;
using Sluice.FunctionsHost.Logs;
using Sluice.Testing;

namespace Sluice.FunctionsHost.Workers;

/// <summary>
/// The worker as the host starts it. As RpcWorkerProcess, RpcWorkerContext and WorkerProcess in
/// https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    // The settings of the shell that starts the tests are not those of an app.
    private static readonly string[] _kept =
    [
        "PATH", "HOME", "LANG", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE", "LOCALAPPDATA", "APPDATA"
    ];

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(ProcessStartInfo start, HostLogs logs)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => logs.AddConsole(e.Data, "Information");
        _process.ErrorDataReceived += (_, e) => logs.AddConsole(e.Data, LevelOf(e.Data));
    }

    public int Id { get; private set; }

    /// <summary>Ends with its exit code, when all it wrote was read.</summary>
    public Task<int> Exited => _exited.Task;

    public static WorkerProcess Start(StandInHostSettings settings, Uri rpc, Uri site, string workerId, HostLogs logs)
    {
        var request = Guid.NewGuid();
        var folder = Path.GetFullPath(settings.WorkerFolder);
        var start = new ProcessStartInfo(
            ChildProcess.Dotnet,
            [
                WorkerConfig.Read(folder).WorkerPath,
                "--host", rpc.Host, "--port", $"{rpc.Port}", "--workerId", workerId, "--requestId", $"{request}", "--grpcMaxMessageLength",
                $"{int.MaxValue}", "--functions-uri", rpc.AbsoluteUri, "--functions-worker-id", workerId, "--functions-request-id",
                $"{request}", "--functions-grpc-max-message-length", $"{int.MaxValue}",
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach (var name in start.Environment.Keys.Except(_kept, StringComparer.OrdinalIgnoreCase).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in Environment(settings, folder, site))
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var worker = new WorkerProcess(start, logs);
        // A run that ends without its disposals, after Ctrl+C or a time-out, leaves no worker behind.
        AppDomain.CurrentDomain.ProcessExit += worker.KillAtExit;
        worker.Start();
        return worker;
    }

    /// <summary>SIGTERM. Windows has no such signal: there it is killed.</summary>
    public void Terminate()
    {
        if (OperatingSystem.IsWindows())
            Kill();
        else
            ChildProcess.Terminate(Id);
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            ChildProcess.DeleteDiagnosticFiles(Id);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        Kill();
        _process.Dispose();
    }

    // App settings are the host's environment, which the worker gets with what the host adds.
    private static IEnumerable<KeyValuePair<string, string>> Environment(StandInHostSettings settings, string folder, Uri site)
    {
        yield return new("FUNCTIONS_EXTENSION_VERSION", "~4");
        yield return new("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated");
        yield return new("AZURE_FUNCTIONS_ENVIRONMENT", "Production");
        yield return new("WEBSITE_HOSTNAME", site.Authority);
        foreach (var setting in settings.AppSettings)
            yield return setting;
        yield return new("FUNCTIONS_WORKER_DIRECTORY", folder);
        yield return new("FUNCTIONS_APPLICATION_DIRECTORY", folder);
        yield return new("FUNCTIONS_WORKER_RUNTIME_VERSION", "10.0");
    }

    private void Start()
    {
        _process.Start();
        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = WaitAsync();
    }

    private async Task WaitAsync()
    {
        try
        {
            await _process.WaitForExitAsync();
            _exited.TrySetResult(_process.ExitCode);
        }
        catch (InvalidOperationException)
        {
            _exited.TrySetCanceled(); // disposed
        }
    }

    // The host reads it from the words.
    private static string LevelOf(string? line) =>
        Has(line, "warn")
            ? "Warning"
            : Has(line, "error") || Has(line, "fail") || Has(line, "severe") || Has(line, "unhandled exception") ? "Error" : "Information";

    private static bool Has(string? line, string word) => line?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private void KillAtExit(object? sender, EventArgs e) => Kill();
}
