using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sluice.DevelopmentStorage;

namespace Sluice.Benchmarks;

/// <summary>A proxy in a process of its own, with its configuration in a temporary folder.</summary>
internal sealed class ProxyProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ProxyProcess(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and waits until it listens; null when it is not installed.</summary>
    /// <param name="program">Its name on the PATH, or its path.</param>
    /// <param name="port">Where it will listen.</param>
    /// <param name="configuration">The content of its configuration file; <c>{folder}</c> becomes the folder.</param>
    /// <param name="environment">What its environment has besides.</param>
    /// <param name="arguments">Its arguments; <c>{file}</c> becomes the path of that file.</param>
    public static async Task<ProxyProcess?> StartAsync(
        string program, int port, string configuration, (string Key, string Value)[] environment, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        var file = Path.Combine(folder, "configuration");
        await File.WriteAllTextAsync(file, configuration.Replace("{folder}", folder, StringComparison.Ordinal));
        arguments = [.. arguments.Select(argument => argument.Replace("{file}", file, StringComparison.Ordinal))];
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = folder, ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder },
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }

        process.OutputDataReceived += static (_, _) => { };
        var said = new OutputTail();
        process.ErrorDataReceived += (_, line) => said.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new ProxyProcess(process, folder);
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return proxy;
            }
            catch (SocketException)
            {
                if (tries == 100 || process.HasExited)
                {
                    proxy.Dispose();
                    throw new InvalidOperationException($"{program} does not listen: {string.Join('\n', said.Lines)}");
                }

                await Task.Delay(100);
            }
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
