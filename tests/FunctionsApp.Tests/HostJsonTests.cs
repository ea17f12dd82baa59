using System.Globalization;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp.Tests;

/// <summary>host.json says what the code relies on.</summary>
public sealed class HostJsonTests
{
    [Fact]
    public void It_is_for_version_2_of_the_schema() => Assert.Equal("2.0", (string?)HostFiles.Host["version"]);

    [Fact]
    public void The_route_prefix_is_the_one_that_the_server_uses() => Assert.Equal(SluiceRoutes.Prefix, HostFiles.RoutePrefix);

    // Off, its default, the host hands a chunked body on as it arrives. On, it reads the body whole first, as it does with every body
    // that declares its length. HttpTriggerAttributeBindingProvider.IsRequestPayloadReadable, in
    // https://github.com/Azure/azure-webjobs-sdk-extensions
    [Fact]
    public void Chunked_bodies_are_not_buffered_by_the_host() =>
        Assert.False((bool?)HostFiles.Http!["enableChunkedRequestBinding"] ?? false);

    // Else the host's spans and the worker's are in different traces, and the host writes the worker's logs a second time.
    // https://learn.microsoft.com/azure/azure-functions/opentelemetry-howto
    [Fact]
    public void Host_and_worker_speak_OpenTelemetry()
    {
        Assert.Equal("OpenTelemetry", (string?)HostFiles.Host["telemetryMode"]);
        Assert.Null(HostFiles.Host["logging"]!["applicationInsights"]);
    }

    // A function that takes longer costs the whole worker: the host restarts it, and with it every other upload of the instance. Bodies
    // that stand still are ended by Sluice:Body:IdleTimeout, so what runs long makes progress. Above the default of 30 minutes; not above
    // the 60 minutes that Flex Consumption grants a running function when it scales in; and not endless, so that a bug can't hold an
    // instance for ever. (The old Consumption plan refuses more than 10 minutes.)
    // https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout
    [Fact]
    public void A_slow_upload_has_an_hour()
    {
        var timeout = TimeSpan.Parse((string)HostFiles.Host["functionTimeout"]!, CultureInfo.InvariantCulture);

        Assert.Equal(TimeSpan.FromMinutes(60), timeout);
    }
}
