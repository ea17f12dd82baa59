using System.Diagnostics;
using System.Reflection;

namespace FunctionsApp.Tests;

/// <summary>The worker as the host starts it, without a host to talk to.</summary>
internal static class WorkerProcess
{
    /// <summary>Where its build is.</summary>
    public static string Folder { get; } = typeof(WorkerProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "FunctionsAppFolder").Value!;

    /// <summary>What the host tells a worker on its command line; nobody listens there.</summary>
    public static string[] HostArguments { get; } =
    [
        "--Functions:Worker:HostEndpoint=http://127.0.0.1:1", "--Functions:Worker:WorkerId=w", "--Functions:Worker:RequestId=r",
        "--Functions:Worker:GrpcMaxMessageLength=2147483647",
    ];

    /// <summary>Runs it to its end, with nothing of this process's settings.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var dll = Path.Combine(Folder, "FunctionsApp.dll");
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder
        };
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("Sluice", StringComparison.OrdinalIgnoreCase))
            .ToList())
        {
            start.Environment.Remove(name);
        }

        // An abort is meant: no dump of it.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var setting in settings)
        {
            start.Environment[setting.Key.Replace(":", "__", StringComparison.Ordinal)] = setting.Value;
        }

        using var worker = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            var output = worker.StandardOutput.ReadToEndAsync(patience.Token);
            var error = worker.StandardError.ReadToEndAsync(patience.Token);
            await worker.WaitForExitAsync(patience.Token);
            return (worker.ExitCode, await output + await error);
        }
        finally
        {
            if (!worker.HasExited)
            {
                worker.Kill();
            }
        }
    }
}
