using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Library;

/// <summary>An ASP.NET Core app of somebody else, in the process of the tests, with Sluice as a library and a service to relay to.</summary>
public abstract class LibraryApp : IAsyncLifetime
{
    private WebApplication? _app;
    private ScriptedService? _service;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>The target "service".</summary>
    internal ScriptedService Service => _service!;

    /// <summary>The services of the app.</summary>
    protected IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        _service = await ScriptedService.StartAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(await SettingsAsync()) { ["Sluice:Relay:Targets:service:Address"] = $"{_service.Address()}" });
        builder.Services.AddSluice(builder.Configuration);
        Add(builder.Services);
        _app = builder.Build();
        _app.UseRouting();
        Map(_app);
        _app.UseEndpoints(static _ => { });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (_service is not null)
            await _service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The app's settings.</summary>
    protected abstract Task<IReadOnlyDictionary<string, string?>> SettingsAsync();

    /// <summary>The app's own services.</summary>
    protected virtual void Add(IServiceCollection services)
    {
    }

    /// <summary>The app's routes.</summary>
    protected abstract void Map(WebApplication app);
}
