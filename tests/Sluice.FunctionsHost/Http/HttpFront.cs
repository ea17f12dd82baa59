using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.FunctionsHost.Logs;
using Sluice.FunctionsHost.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.FunctionsHost.Http;

/// <summary>What clients talk to: HTTP/1.1, with the host's limit of a body and Kestrel's others.</summary>
internal sealed class HttpFront : IAsyncDisposable
{
    private const string BodyLimit = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
    private const long DefaultBodyLimit = 104_857_600;

    private readonly WebApplication _app;
    private readonly FunctionKeys _keys;
    private readonly HttpProxy _proxy;
    private readonly Invocations _invocations;
    private readonly string _prefix;
    private FunctionRoutes? _routes;

    public HttpFront(StandInHostSettings settings, WorkerSupervisor workers, HostLogs logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddLogging();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddHttpForwarder();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize =
                long.TryParse(settings.AppSettings.GetValueOrDefault(BodyLimit), CultureInfo.InvariantCulture, out var limit)
                    ? limit
                    : DefaultBodyLimit;
            kestrel.Listen(IPAddress.Loopback, settings.Port, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
        var config = WorkerConfig.Read(settings.WorkerFolder);
        _prefix = config.RoutePrefix;
        _keys = new FunctionKeys(settings.Key, settings.AllowAnonymous);
        _proxy = new HttpProxy(_app.Services.GetRequiredService<IHttpForwarder>(), settings.ForwardTimeout, settings.ContinueTimeout);
        _invocations = new Invocations(_proxy, workers, settings.FunctionTimeout ?? config.FunctionTimeout, logs);
    }

    /// <summary>Where it listens, once it has started.</summary>
    public Uri Address => new(_app.Urls.First());

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <summary>What can be asked for. Before this, nothing is found.</summary>
    public void Publish(IEnumerable<HttpFunction> functions) => _routes = new FunctionRoutes(_app.Services, _prefix, functions);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _proxy.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (_routes is null || await _routes.MatchAsync(http) is not var (function, values))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!_keys.Allow(http.Request, function))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        using var activity = new Activity("Functions host");
        if (http.Request.Headers.TraceParent is [{ } parent])
            activity.SetParentId(parent);
        activity.Start();
        try
        {
            await _invocations.RunAsync(http, function, values);
        }
        catch (Exception) when (!http.Response.HasStarted)
        {
            // A worker that died has left the headers of its response here.
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        catch
        {
            http.Abort();
        }
    }
}
