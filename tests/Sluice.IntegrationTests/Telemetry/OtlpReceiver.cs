using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>An OTLP receiver in this process: HTTP and protobuf, on a free port. It keeps what comes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<OtlpMessage> _traces = new();
    private readonly ConcurrentQueue<OtlpMessage> _metrics = new();
    private readonly ConcurrentQueue<OtlpMessage> _logs = new();
    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, static endpoint => endpoint.Protocols = HttpProtocols.Http1));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        Map("traces", _traces);
        Map("metrics", _metrics);
        Map("logs", _logs);
        _app.UseEndpoints(static _ => { });
    }

    public string Address => _app.Urls.Single();

    /// <summary>What starts a server that exports here, soon.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    public IReadOnlyList<OtlpSpan> Spans => [.. _traces.SelectMany(OtlpSpan.Read)];

    public IReadOnlyList<OtlpLog> Logs => [.. _logs.SelectMany(OtlpLog.Read)];

    /// <summary>The service that the first export names.</summary>
    public string Service => _traces.First().Messages(1).First().Messages(1).Single().Attributes(1)["service.name"];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The last point of a metric with these attributes; null when there is none.</summary>
    public OtlpPoint? Point(string metric, params (string Name, string Value)[] attributes) => _metrics
        .SelectMany(OtlpPoint.Read)
        .LastOrDefault(point =>
            point.Metric == metric && attributes.All(attribute => point.Attributes.GetValueOrDefault(attribute.Name) == attribute.Value));

    /// <summary>Waits until something that was exported is here.</summary>
    public async Task<T> UntilAsync<T>(Func<OtlpReceiver, T?> find)
        where T : class
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < SluiceFixture.Patience; await Task.Delay(
            20, TestContext.Current.CancellationToken))
        {
            if (find(this) is { } found)
                return found;
        }

        var metrics = _metrics.SelectMany(OtlpPoint.Read).Select(static point => point.Metric).Distinct();
        throw new TimeoutException(
            $"It did not come. Spans: {string.Join(", ", Spans)}. Metrics: {string.Join(", ", metrics)}. Logs: {string.Join(", ", Logs)}.");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map(string signal, ConcurrentQueue<OtlpMessage> kept) => _app.MapPost($"/v1/{signal}", (RequestDelegate)(async context =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        kept.Enqueue(new OtlpMessage(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }));
}
