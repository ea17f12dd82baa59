using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Server;

/// <summary>A server that can't work does not start. It says which setting is wrong, so that people can read it, and ends with 1.</summary>
public sealed class StartTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sluice:Blob:Endpoint", "ftp://example.org")]
    [InlineData("Sluice:Blob:Endpoint", "example")]
    [InlineData("Sluice:Blob:Endpoint", "http://example.org")]
    [InlineData("Sluice:Blob:ConnectionString", "nonsense")]
    [InlineData("Sluice:Blob:BlockBytes", "100000")]
    [InlineData("Sluice:Blob:BlockBytes", "0")]
    [InlineData("Sluice:Blob:BlockBytes", "1 MiB")]
    [InlineData("Sluice:Blob:BlocksInFlight", "0")]
    [InlineData("Sluice:Blob:MaxBlocks", "50001")]
    [InlineData("Sluice:Blob:MaxRetries", "-1")]
    [InlineData("Sluice:Blob:StallTimeout", "00:00:00")]
    [InlineData("Sluice:Blob:StallTimeout", "soon")]
    [InlineData("Sluice:Memory:BudgetBytes", "1000")]
    [InlineData("Sluice:Memory:BudgetBytes", "much")]
    [InlineData("Sluice:Memory:WaitTimeout", "00:03:01")]
    [InlineData("Sluice:Body:MaxBytes", "0")]
    [InlineData("Sluice:Body:IdleTimeout", "00:00:00")]
    [InlineData("Sluice:Body:IdleTimeout", "soon")]
    [InlineData("Sluice:Body:DrainBytes", "-1")]
    [InlineData("Sluice:Body:DrainTimeout", "00:05:01")]
    [InlineData("Sluice:Digests:Compute", "sha-256")]
    [InlineData("Sluice:Digests:Compute", "4")]
    [InlineData("Sluice:Peek:WindowBytes", "511")]
    [InlineData("Sluice:Peek:WindowBytes", "64K")]
    [InlineData("Sluice:Server:AllowAnonymous", "perhaps")]
    [InlineData("Sluice:Body:MaxByte", "1000")]
    [InlineData("Sluice:Routes:0:When:Paht", "a/*")]
    [InlineData("Sluice:Routes:0:Store:Container", "elsewhere")]
    [InlineData("Sluice:Relay:Targets:a:Address", "ftp://example.org")]
    [InlineData("Sluice:Relay:Targets:a:IdleTimeout", "soon")]
    public Task A_setting_that_is_wrong_is_named(string key, string value) =>
        AssertEndsAsync(Settings(new() { [key] = value }), key);

    [Fact]
    public Task Storage_that_is_missing_is_named() =>
        AssertEndsAsync(Settings([]) with { ConnectionString = null }, "Sluice:Blob:Endpoint", "Sluice:Blob:ConnectionString");

    [Fact]
    public Task Containers_that_are_missing_are_named() =>
        AssertEndsAsync(Settings([]) with { Containers = [] }, "Sluice:Blob:Containers");

    [Fact]
    public Task A_block_that_is_larger_than_all_memory_is_named() =>
        AssertEndsAsync(
            Settings(new() { ["Sluice:Blob:BlockBytes"] = "2097152", ["Sluice:Memory:BudgetBytes"] = "1048576" }),
            "Sluice:Blob:BlockBytes",
            "Sluice:Memory:BudgetBytes");

    [Fact]
    public Task All_settings_that_are_wrong_are_named() =>
        AssertEndsAsync(
            Settings(new() { ["Sluice:Peek:WindowBytes"] = "1", ["Sluice:Body:MaxBytes"] = "0" }),
            "Sluice:Peek:WindowBytes",
            "Sluice:Body:MaxBytes");

    [Theory]
    [InlineData("Production", "Urls", "http://0.0.0.0:0")]
    [InlineData("Production", "Urls", "http://127.0.0.1:0;http://*:0")]
    [InlineData("Development", "Urls", "http://[::]:0")]
    [InlineData("Development", "Kestrel:Endpoints:Any:Url", "http://machine:0")]
    public async Task Without_keys_no_server_starts_that_other_machines_reach(string environment, string key, string value)
    {
        var settings = Settings(new() { [key] = value }) with { AllowAnonymous = false, Environment = environment };

        var lines = await AssertEndsAsync(settings, "Sluice:Server:Keys", "Sluice:Server:AllowAnonymous", key == "Urls" ? "URLS" : key);

        Assert.Single(lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public Task A_key_that_is_empty_is_no_key(string key) =>
        AssertEndsAsync(
            Settings(new() { ["Sluice:Server:Keys:0"] = "good", ["Sluice:Server:Keys:1"] = key }) with { AllowAnonymous = false },
            "Sluice:Server:Keys");

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task On_a_loopback_address_no_key_is_needed(string environment)
    {
        await using var server = await ServerProcess.StartAsync(
            Settings([]) with { AllowAnonymous = false, Environment = environment }, Token);
    }

    [Theory]
    [InlineData("Kestrel:Limits:MaxConcurrentConnection", "5", "Did you mean 'MaxConcurrentConnections'?")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", "many", "must be")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", "0", "Kestrel does not accept")]
    public async Task A_limit_of_connections_that_is_none_is_named(string key, string value, string says)
    {
        var lines = await AssertEndsAsync(Settings(new() { [key] = value }), "Kestrel:Limits");

        Assert.Contains(says, Assert.Single(lines), StringComparison.Ordinal);
    }

    private ServerSettings Settings(Dictionary<string, string> more) =>
        new() { ConnectionString = azurite.ConnectionString, Containers = ["some"], More = more };

    private static async Task<string[]> AssertEndsAsync(ServerSettings settings, params string[] keys)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var server = await ServerProcess.StartAsync(settings, Token);
        });

        var lines = failure.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("The server ended with 1 ", lines[0], StringComparison.Ordinal);
        Assert.All(keys, key => Assert.Contains(lines[1..], line => line.Contains(key, StringComparison.Ordinal)));
        // No log, no stack trace: every line is about a setting.
        Assert.All(lines[1..], static line => Assert.Matches("(Sluice|Kestrel):", line));
        return lines[1..];
    }
}
