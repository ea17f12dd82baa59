using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sluice.IntegrationTests.Pages;

/// <summary>A downstream service that takes everything and says what it got.</summary>
internal sealed class EchoTarget : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoTarget(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    public static async Task<EchoTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(static async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var echo = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} "
                + $"{await body.ReadToEndAsync(context.RequestAborted)}";
            await context.Response.WriteAsync(echo, context.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new EchoTarget(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
