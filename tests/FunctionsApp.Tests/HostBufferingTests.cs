using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp.Tests;

/// <summary>Bodies that the Functions host read whole before the worker was called are counted, and no others.</summary>
public sealed class HostBufferingTests
{
    [Theory]
    [InlineData(SluiceHost.Functions, 1L, 1)]
    [InlineData(SluiceHost.Functions, 100_000_000L, 1)]
    [InlineData(SluiceHost.Functions, 0L, 0)]
    [InlineData(SluiceHost.Functions, null, 0)]
    [InlineData(SluiceHost.Kestrel, 1L, 0)]
    public async Task A_body_that_declares_its_length_is_counted_under_Functions(SluiceHost host, long? length, int expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(HostFiles.Settings()).Build();
        await using var services = new ServiceCollection().AddLogging().AddSluice(configuration, host).BuildServiceProvider();
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "sluice.requests.host_buffered"
                    && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted += value);
        var guard = services.GetRequiredService<EndpointGuard>();
        listener.Start();

        await guard.RunAsync(
            new DefaultHttpContext { Request = { ContentLength = length } }.Request,
            static (_, _) => Task.FromResult<IResult>(TypedResults.Ok()));

        Assert.Equal(expected, counted);
    }
}
