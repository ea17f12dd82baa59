using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Sluice.Benchmarks;

/// <summary>
/// A new ASP.NET Core project as it comes, but for a free size of bodies, without which it takes none of these, and for a silent log.
/// </summary>
internal static class LoopbackApp
{
    /// <param name="port">Where to listen.</param>
    /// <param name="tls">For TLS, the files of a certificate and of its key, both PEM.</param>
    public static WebApplicationBuilder CreateBuilder(int port, string[]? tls = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (tls is [var certificate, var key])
                {
                    listen.UseHttps(X509Certificate2.CreateFromPemFile(certificate, key));
                }
            });
        });
        return builder;
    }
}
