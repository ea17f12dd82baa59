using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.FunctionsHost;

/// <summary>
/// <code>dotnet run --project tests/Sluice.FunctionsHost [-- {connection string} [{port}]]</code>
/// With the worker that the build of tests/Sluice.IntegrationTests has published, and the values of local.settings.json,
/// or of the sample of it.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FunctionsApp.sln")))
            root = root.Parent ?? throw new DirectoryNotFoundException("It runs outside of the repository.");

        string[] files = ["local.settings.json", "local.settings.sample.json"];
        var local = files.Select(file => Path.Combine(root.FullName, file)).First(File.Exists);
        var settings = JsonElement.Parse(File.ReadAllBytes(local)).GetProperty("Values").Deserialize<Dictionary<string, string>>()!;
        if (args.Length > 0)
            settings["Sluice__Blob__ConnectionString"] = args[0];

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var host = await StandInHost.StartAsync(
            new StandInHostSettings
            {
                WorkerFolder = Path.Combine(root.FullName, "artifacts", "publish", "FunctionsApp"),
                AppSettings = settings,
                Port = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 7071,
                Key = Environment.GetEnvironmentVariable("SLUICE_FUNCTIONS_KEY") ?? "local",
                Say = Console.WriteLine,
            },
            stop.Token);

        foreach (var function in host.Functions)
            Console.WriteLine($"{function.Name,-20} {string.Join(',', function.Methods),-40} {host.Address}api/{function.Route}");
        foreach (var function in host.QueueFunctions)
            Console.WriteLine($"{function.Name,-20} queue {function.Queue}");
        Console.WriteLine($"x-functions-key: {host.Key}; worker: process {host.WorkerProcessId}. Ctrl+C ends both.");
        await Task.WhenAny(host.GaveUp, Task.Delay(Timeout.Infinite, stop.Token));
        await host.StopWorkerAsync();

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
