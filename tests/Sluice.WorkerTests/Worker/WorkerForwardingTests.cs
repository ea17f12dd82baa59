using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Worker;

/// <summary>What a service sees of a request that came through host and worker.</summary>
public sealed class WorkerForwardingTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_host_says_where_a_request_comes_from_and_forgets_what_the_client_said()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var worker = await HostedWorker.StartAsync(
            azurite, new Dictionary<string, string> { ["Sluice:Relay:Targets:service:Address"] = $"{service.Address()}" });
        var script = service.At(Scripts.Echo);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/relay/service/{script}")
        {
            Headers =
            {
                { "X-Forwarded-For", "192.0.2.1" },
                { "X-Forwarded-Host", "elsewhere" },
                { "X-Forwarded-Proto", "https" },
                { "X-Original-For", "192.0.2.2" }
            },
        };
        using var answer = await worker.Client.SendAsync(request, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{answer}\n{string.Join('\n', worker.Host.Logs)}");

        var seen = await service.SeenAsync(script);
        Assert.Equal(
            ("127.0.0.1", worker.Host.Address.Authority, "http"),
            (seen.Header("X-Forwarded-For"), seen.Header("X-Forwarded-Host"), seen.Header("X-Forwarded-Proto")));
        Assert.DoesNotContain(
            seen.Headers.Keys, static name => name.StartsWith("x-original-", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            seen.Headers.Values,
            static value => value.Contains("192.0.2", StringComparison.Ordinal) || value.Contains("elsewhere", StringComparison.Ordinal));
    }

    // Behind Azure Front Door, which sets it and which nobody passes by.
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7:50123", "192.0.2.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("nonsense", "127.0.0.1")]
    [InlineData(null, "127.0.0.1")]
    public async Task The_platforms_word_for_the_client_is_passed_on_where_the_settings_name_it(string? said, string passedOn)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var worker = await HostedWorker.StartAsync(
            azurite,
            new Dictionary<string, string>
            {
                ["Sluice:Relay:Targets:service:Address"] = $"{service.Address()}",
                ["Sluice:Limits:ClientAddressField"] = "X-Azure-SocketIP"
            });
        var script = service.At(Scripts.Echo);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/relay/service/{script}")
        {
            Headers = { { "X-Forwarded-For", "192.0.2.1" } }
        };
        if (said is not null)
            request.Headers.TryAddWithoutValidation("X-Azure-SocketIP", said);
        using var answer = await worker.Client.SendAsync(request, Cancelled);

        Assert.Equal(passedOn, (await service.SeenAsync(script)).Header("X-Forwarded-For"));
    }
}
