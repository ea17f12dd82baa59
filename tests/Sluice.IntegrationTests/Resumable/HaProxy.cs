using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// HAProxy in front of several servers: each request goes to the next of them, whether it is there or not, and no request is sent twice.
/// </summary>
internal sealed class HaProxy : IDisposable
{
    // Which server has answered; HAProxy's own answers don't say any.
    private const string Configuration = """
        global
          stats socket unix@admin level user
        defaults
          mode http
          retries 0
          timeout connect 5s
          timeout client 300s
          timeout server 300s
        listen servers
          bind 127.0.0.1:PORT
          balance roundrobin
          http-response set-header X-Instance %s

        """;

    private const int CurrentSessions = 4;

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private HaProxy(DirectoryInfo folder, Process process, int port)
    {
        (_folder, _process) = (folder, process);
        Address = new Uri($"http://127.0.0.1:{port}");
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The program, on this machine. Debian puts it where only root's PATH leads.</summary>
    public static string? Program { get; } = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':')
        .Select(static folder => Path.Combine(folder, "haproxy"))
        .FirstOrDefault(File.Exists);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one, and waits until it listens.</summary>
    /// <param name="servers">The servers behind it, which are called by their place: 0, 1 and so on.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    public static async Task<HaProxy> StartAsync(IEnumerable<Uri> servers, CancellationToken cancellationToken)
    {
        var program = Program ?? throw new InvalidOperationException(
            "HAProxy is needed, and not on the PATH: apt-get install haproxy, or brew install haproxy.");
        var folder = Directory.CreateTempSubdirectory("sluice-");
        var port = FreePort();
        var lines = servers.Select(static (server, index) => $"  server {index} {server.Authority}\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "configuration"),
            $"{Configuration.Replace("PORT", $"{port}", StringComparison.Ordinal)}{string.Concat(lines)}", cancellationToken);
        // The paths in its configuration are relative to its folder.
        var proxy = new HaProxy(
            folder, Process.Start(new ProcessStartInfo(program, ["-db", "-f", "configuration"]) { WorkingDirectory = folder.FullName })!,
            port);
        try
        {
            await proxy.ListeningAsync(cancellationToken);
            return proxy;
        }
        catch
        {
            proxy.Dispose();
            throw;
        }
    }

    /// <summary>The servers that it waits for just now.</summary>
    public async Task<IReadOnlyList<int>> BusyAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, "admin")), cancellationToken);
        await socket.SendAsync("show stat\n"u8.ToArray(), cancellationToken);
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
        // pxname,svname,qcur,qmax,scur,...
        return
        [
            .. (await reader.ReadToEndAsync(cancellationToken)).Split('\n')
                .Select(static line => line.Split(','))
                .Where(
                    static fields => fields.Length > CurrentSessions && int.TryParse(fields[1], CultureInfo.InvariantCulture, out _)
                        && fields[CurrentSessions] != "0")
                .Select(static fields => int.Parse(fields[1], CultureInfo.InvariantCulture)),
        ];
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ListeningAsync(CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, Address.Port, cancellationToken);
                return;
            }
            catch (SocketException e)
            {
                if (_process.HasExited || Stopwatch.GetElapsedTime(began) > SluiceFixture.Patience)
                    throw new InvalidOperationException("HAProxy does not listen; what it says is in the output of the run.", e);
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill();
}
