namespace Sluice.Benchmarks.Compare;

/// <summary>
/// What proxies are told, so that they stream: nothing is kept back, and connections to the blob service are used again. <c>{folder}</c> is
/// a folder of their own. In TLS they show the certificate of the run, and don't ask who the blob service is, which only saves them work.
/// </summary>
internal static class ProxyConfigurations
{
    public static string Nginx(Listener own, Listener storage)
    {
        var tls = own.Certificate is { } shown ? $"ssl_certificate {shown.Path}; ssl_certificate_key {shown.KeyPath};" : "";
        return $$"""
            daemon off; master_process off; error_log stderr error; pid {folder}/pid;
            events { worker_connections 2048; }
            http {
              access_log off; keepalive_requests 1000000000; client_max_body_size 0;
              client_body_temp_path {folder}; proxy_temp_path {folder};
              fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
              upstream storage { server 127.0.0.1:{{storage.Port}}; keepalive 64; keepalive_requests 1000000000; }
              server {
                listen 127.0.0.1:{{own.Port}}{{(own.Certificate is null ? "" : " ssl")}};
                {{tls}} ssl_protocols TLSv1.3; proxy_ssl_protocols TLSv1.3;
                location / {
                  proxy_pass {{(storage.Certificate is null ? "http" : "https")}}://storage;
                  proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering off; proxy_buffering off;
                }
              }
            }
            """;
    }

    public static string Haproxy(int port, int storagePort) =>
        $$"""
        defaults
          mode http
          timeout connect 10s
          timeout client 60s
          timeout server 60s
        listen bench
          bind 127.0.0.1:{{port}}
          server storage 127.0.0.1:{{storagePort}}

        """;

    public static string Caddy(Listener own, Listener storage)
    {
        var (site, tls) = own.Certificate is { } shown
            ? ($"https://localhost:{own.Port}", $"tls {shown.Path} {shown.KeyPath}")
            : ($"http://:{own.Port}", "");
        var upstream = storage.Certificate is null ? "" : " {\n    transport http {\n      tls_insecure_skip_verify\n    }\n  }";
        return $$"""
            {
              admin off
              auto_https off
              log default {
                level ERROR
              }
            }
            {{site}} {
              bind 127.0.0.1
              {{tls}}
              reverse_proxy {{storage}}{{upstream}}
            }

            """;
    }
}
