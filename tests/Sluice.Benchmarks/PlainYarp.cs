using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.Benchmarks;

/// <summary>
/// YARP's direct forwarder as its documentation shows it, with the defaults of a new ASP.NET Core project: what a relay without Sluice is.
/// </summary>
internal static class PlainYarp
{
    public static async Task RunAsync(int port, string destination)
    {
        var builder = LoopbackApp.CreateBuilder(port);
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
        });
        app.Map("/{**path}", async (HttpContext context) => await forwarder.SendAsync(context, destination, client));
        await app.RunAsync();
    }
}
