using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using Sluice.AspNetCore;
using Sluice.AspNetCore.WarmUp;
using Sluice.Telemetry;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>The warm-up includes the work of OpenTelemetry, so its providers exist before it, whatever a host adds first.</summary>
public sealed class TelemetryWarmUpTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task The_providers_exist_before_the_warm_up(bool telemetryFirst, bool concurrently)
    {
        var events = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        // Nothing listens at either address.
        builder.Configuration.AddInMemoryCollection(
        [
            new("Sluice:Blob:Endpoint", "https://example.blob.core.windows.net"), new("Sluice:Blob:Containers:0", "unused"),
            new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"),
        ]);
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = concurrently);
        builder.Services.AddSingleton<IWarmUpHost>(new NotedHost(events));
        if (telemetryFirst)
        {
            AddTelemetry();
            builder.Services.AddSluice(builder.Configuration);
        }
        else
        {
            builder.Services.AddSluice(builder.Configuration);
            AddTelemetry();
        }

        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["meters", "traces", "warm-up"], events);

        void AddTelemetry() => builder.Services.AddSluiceTelemetry(builder.Configuration, telemetry => Note(telemetry, events));
    }

    // What a provider is made of is made with it.
    private static void Note(IOpenTelemetryBuilder telemetry, ConcurrentQueue<string> events)
    {
        telemetry.WithMetrics(metrics => metrics.AddInstrumentation(() => Noted("meters")));
        telemetry.WithTracing(traces => traces.AddInstrumentation(() => Noted("traces")));

        object Noted(string provider)
        {
            events.Enqueue(provider);
            return provider;
        }
    }

    private sealed class NotedHost(ConcurrentQueue<string> events) : IWarmUpHost
    {
        public Task<WarmUpServer> StartAsync(Action<IServiceCollection> configure, CancellationToken cancellationToken)
        {
            events.Enqueue("warm-up");
            throw new NotSupportedException("The rest of the warm-up is not needed here.");
        }
    }
}
