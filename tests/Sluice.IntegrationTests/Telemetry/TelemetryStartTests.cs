using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>What a server does with settings of telemetry at its start.</summary>
public sealed class TelemetryStartTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://localhost/")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "collector")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "/v1/logs")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "00000000-0000-0000-0000-000000000000")]
    public async Task A_destination_that_can_not_be_one_stops_the_start_and_is_named(string key, string value)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync((key, value)));

        Assert.Contains($"{key} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_Monitor_out_of_reach_holds_up_neither_the_start_nor_an_upload()
    {
        await using var server = await StartAsync((
            "APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001;"
                + "IngestionEndpoint=http://127.0.0.1:1/;LiveEndpoint=http://127.0.0.1:1/"));
        using var client = server.CreateClient();
        using var answer = await client.PostAsync("/api/peek", new ByteArrayContent([1]), Token);

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    public async Task Nothing_is_exported_where_nothing_is_asked_for(string? key, string? value)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var settings = key is null
            ? []
            : receiver.Settings.Select(static setting => (setting.Key, setting.Value)).Append((key, value!)).ToArray();
        await using var server = await StartAsync(settings);
        using var client = server.CreateClient();
        using var answer = await client.PostAsync("/api/peek", new ByteArrayContent([1]), Token);
        Assert.True(answer.IsSuccessStatusCode);
        await server.StopAsync();

        Assert.Empty(receiver.Spans);
        Assert.Empty(receiver.Logs);
    }

    private Task<ServerProcess> StartAsync(params (string Key, string Value)[] settings) => ServerProcess.StartAsync(
        new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = ["unused"],
            IsMeasured = true,
            More = settings.ToDictionary(static one => one.Key, static one => one.Value)
        }, Token);
}
