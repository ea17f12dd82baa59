using Sluice.IntegrationTests.Hosting;
using Sluice.Testing;

namespace Sluice.Benchmarks.Compare;

/// <summary>Starts the processes that are compared. Of programs that are not Sluice's own, those that are installed.</summary>
internal sealed class Peers(DiscardingBlobService storage)
{
    /// <summary>The name of the target of Sluice's relay.</summary>
    public const string Target = "bench";

    /// <summary>Sluice.Server as it is published.</summary>
    /// <param name="settings">What differs from what ships.</param>
    public async Task<Peer> SluiceAsync(params (string Key, string Value)[] settings)
    {
        var server = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = storage.ConnectionString,
                Containers = [DiscardingBlobService.Container],
                More = new Dictionary<string, string>(settings.Select(static setting => KeyValuePair.Create(setting.Key, setting.Value)))
                {
                    [$"Sluice:Relay:Targets:{Target}:Address"] = $"http://127.0.0.1:{storage.Port}{DiscardingBlobService.ContainerPath}",
                    // All that is sent comes from one caller, who asks for more than one may.
                    ["Sluice:Limits:RequestsPerMinute"] = "60000000",
                    ["Sluice:Limits:RequestBurst"] = "10000000",
                    ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
                    ["Sluice:Resumable:Name"] = "{id}",
                },
            },
            CancellationToken.None);
        return new Peer(server.ProcessId, server.Address.Port, server.DisposeAsync);
    }

    /// <summary>The app that people would write instead.</summary>
    public Task<Peer?> SdkAppAsync() => StartAsync(
        // What a project of the web SDK has by default.
        ChildProcess.Dotnet, port => ["", Own, "app", $"{port}", storage.ConnectionString], ("DOTNET_gcServer", "1"));

    /// <summary>YARP with its defaults.</summary>
    public Task<Peer?> YarpAsync() =>
        StartAsync(ChildProcess.Dotnet, port => ["", Own, "yarp", $"{port}", $"http://127.0.0.1:{storage.Port}"]);

    /// <summary>nginx, streaming.</summary>
    public Task<Peer?> NginxAsync() => StartAsync("nginx", port =>
        [
            $$"""
            daemon off; master_process off; error_log stderr error; pid {folder}/pid;
            events { worker_connections 2048; }
            http {
              access_log off; keepalive_requests 1000000000; client_max_body_size 0; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
              upstream storage { server 127.0.0.1:{{storage.Port}}; keepalive 64; keepalive_requests 1000000000; }
              server {
                listen 127.0.0.1:{{port}};
                location / { proxy_pass http://storage; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering off; proxy_buffering off; }
              }
            }
            """,
            "-c", "{file}",
        ]);

    /// <summary>HAProxy, on one thread for each core as it comes.</summary>
    public Task<Peer?> HaproxyAsync() => StartAsync("haproxy", port =>
        [
            $$"""
            defaults
              mode http
              timeout connect 10s
              timeout client 60s
              timeout server 60s
            listen bench
              bind 127.0.0.1:{{port}}
              server storage 127.0.0.1:{{storage.Port}}

            """,
            "-db", "-f", "{file}",
        ]);

    /// <summary>Caddy.</summary>
    public Task<Peer?> CaddyAsync() => StartAsync("caddy", port =>
        [
            $$"""
            {
              admin off
              auto_https off
              log default {
                level ERROR
              }
            }
            http://:{{port}} {
              bind 127.0.0.1
              reverse_proxy 127.0.0.1:{{storage.Port}}
            }

            """,
            "run", "--adapter", "caddyfile", "--config", "{file}",
        ]);

    private static string Own => typeof(Peers).Assembly.Location;

    // The first of the arguments is the content of its configuration.
    private static async Task<Peer?> StartAsync(
        string program, Func<int, string[]> arguments, params (string Key, string Value)[] environment)
    {
        var port = ProxyProcess.FreePort();
        var all = arguments(port);
        var process = await ProxyProcess.StartAsync(program, port, all[0], environment, all[1..]);
        if (process is null)
        {
            Console.WriteLine($"{program} is not installed, and left out.");
            return null;
        }

        return new Peer(process.Id, port, () =>
        {
            process.Dispose();
            return ValueTask.CompletedTask;
        });
    }
}
