using Sluice.IntegrationTests.Hosting;
using Sluice.Testing;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// Starts the processes that are compared. Of programs that are not Sluice's own, those that are installed. In front of a blob service that
/// speaks TLS, all of them do on both sides.
/// </summary>
internal sealed class Peers(DiscardingBlobService storage)
{
    /// <summary>The name of the target of Sluice's relay.</summary>
    public const string Target = "bench";

    private readonly SortedSet<string> _versions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names and versions of what was started that is not Sluice.</summary>
    public IEnumerable<string> Versions => _versions;

    private TestCertificate? Certificate => storage.Listener.Certificate;

    // What every program that is built on OpenSSL as its documentation says takes for the file of those it trusts.
    private (string Key, string Value)[] Trust => Certificate is { } own ? [("SSL_CERT_FILE", own.Path)] : [];

    private static string Own => typeof(Peers).Assembly.Location;

    /// <summary>Sluice.Server as it is published.</summary>
    /// <param name="settings">What differs from what ships.</param>
    public async Task<Peer> SluiceAsync(params (string Key, string Value)[] settings)
    {
        var server = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = storage.ConnectionString,
                Containers = [DiscardingBlobService.Container],
                IsMeasured = true,
                More = new Dictionary<string, string>(
                    [.. settings.Concat(TlsSettings()).Select(static setting => KeyValuePair.Create(setting.Key, setting.Value))])
                {
                    [$"Sluice:Relay:Targets:{Target}:Address"] = $"{storage.Listener}{DiscardingBlobService.ContainerPath}",
                    // All that is sent comes from one caller, who asks for more than one may.
                    ["Sluice:Limits:RequestsPerMinute"] = "60000000",
                    ["Sluice:Limits:RequestBurst"] = "10000000",
                    ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
                    ["Sluice:Resumable:Name"] = "{id}",
                },
            },
            CancellationToken.None);
        return new Peer(server.ProcessId, new Listener(server.Address.Port, Certificate), server.DisposeAsync);
    }

    /// <summary>The app that people would write instead.</summary>
    public Task<Peer?> SdkAppAsync()
    {
        _versions.Add(ProgramVersion.Of("Azure.Storage.Blobs", typeof(Azure.Storage.Blobs.BlobClient).Assembly));
        string[] tls = Certificate is { } own ? [own.Path, own.KeyPath] : [];
        // What a project of the web SDK has by default.
        return StartAsync(
            ChildProcess.Dotnet, port => ["", Own, "app", $"{port}", storage.ConnectionString, .. tls],
            [("DOTNET_gcServer", "1"), .. Trust]);
    }

    /// <summary>YARP with its defaults.</summary>
    public Task<Peer?> YarpAsync()
    {
        _versions.Add(ProgramVersion.Of("YARP", typeof(Yarp.ReverseProxy.Forwarder.IHttpForwarder).Assembly));
        return StartAsync(ChildProcess.Dotnet, port => ["", Own, "yarp", $"{port}", $"{storage.Listener}"]);
    }

    /// <summary>nginx, streaming.</summary>
    public Task<Peer?> NginxAsync() => StartInstalledAsync(
        "nginx", port => [ProxyConfigurations.Nginx(new Listener(port, Certificate), storage.Listener), "-c", "{file}"]);

    /// <summary>HAProxy, on one thread for each core as it comes.</summary>
    public Task<Peer?> HaproxyAsync() =>
        StartInstalledAsync("haproxy", port => [ProxyConfigurations.Haproxy(port, storage.Listener.Port), "-db", "-f", "{file}"]);

    /// <summary>Caddy.</summary>
    public Task<Peer?> CaddyAsync() => StartInstalledAsync("caddy", port =>
    [
        ProxyConfigurations.Caddy(new Listener(port, Certificate), storage.Listener),
        "run", "--adapter", "caddyfile", "--config", "{file}",
    ]);

    /// <summary>rclone, which takes files by WebDAV and passes them to the blob service without one on the disk.</summary>
    public Task<Peer?> RcloneAsync() => StartInstalledAsync("rclone", port =>
    [
        // With an account and its key it would insist on https and a host of the account's name.
        $"[bench]\ntype = azureblob\nsas_url = {storage.Endpoint}?sv=2025-01-05&sig=x\n",
        "serve", "webdav", $"bench:{DiscardingBlobService.Container}", "--addr", $"127.0.0.1:{port}",
        "--vfs-cache-mode", "off", "--config", "{file}", "--log-level", "ERROR",
    ]);

    /// <summary>The server of the authors of tus, with their store for this kind of storage.</summary>
    public async Task<Peer?> TusServerAsync()
    {
        if (await TusServer.InstallAsync() is not { } folder)
        {
            Console.WriteLine("Node.js is not installed; @tus/server is left out.");
            return null;
        }

        _versions.UnionWith(((string[])["@tus/server", "@tus/azure-store"]).Select(name => $"{name} {TusServer.VersionOf(folder, name)}"));
        return await StartInstalledAsync("node", port =>
        [
            "", Path.Combine(folder, "server.mjs"), $"{port}", storage.Endpoint, DiscardingBlobService.Account, DiscardingBlobService.Key,
            DiscardingBlobService.Container,
        ]);
    }

    private IEnumerable<(string Key, string Value)> TlsSettings() => Certificate is not { } own ? [] :
    [
        ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
        ("Kestrel:Endpoints:Https:Certificate:Path", own.Path),
        ("Kestrel:Endpoints:Https:Certificate:KeyPath", own.KeyPath),
        .. Trust,
    ];

    private async Task<Peer?> StartInstalledAsync(string program, Func<int, string[]> arguments)
    {
        var peer = await StartAsync(program, arguments);
        if (peer is null)
        {
            Console.WriteLine($"{program} is not installed, and left out.");
            return null;
        }

        _versions.Add(await ProgramVersion.OfAsync(program));
        return peer;
    }

    // The first of the arguments is the content of its configuration.
    private async Task<Peer?> StartAsync(string program, Func<int, string[]> arguments, params (string Key, string Value)[] environment)
    {
        var port = ProxyProcess.FreePort();
        var all = arguments(port);
        var process = await ProxyProcess.StartAsync(program, port, all[0], environment, all[1..]);
        return process is null ? null : new Peer(process.Id, new Listener(port, Certificate), () =>
        {
            process.Dispose();
            return ValueTask.CompletedTask;
        });
    }
}
