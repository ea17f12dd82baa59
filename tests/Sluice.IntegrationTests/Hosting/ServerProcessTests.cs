using System.Net;
using Sluice.Storage;

namespace Sluice.IntegrationTests.Hosting;

public sealed class ServerProcessTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_server_that_ends_early_shows_its_output()
    {
        var settings = new ServerSettings { Dll = Path.Combine(AppContext.BaseDirectory, "no-such-server.dll") };
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerProcess.StartAsync(settings, TestContext.Current.CancellationToken));
        Assert.Contains("no-such-server.dll", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_listens_where_it_says_and_ends_when_asked()
    {
        await using var server = await ServerProcess.StartAsync(await SettingsAsync(), TestContext.Current.CancellationToken);
        using var client = server.CreateClient();
        using var response = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var exitCode = await server.StopAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Endpoints_are_listed_in_their_order()
    {
        var settings = await SettingsAsync() with
        {
            More = new Dictionary<string, string>
            {
                ["Kestrel:Endpoints:A:Url"] = "http://127.0.0.1:0",
                ["Kestrel:Endpoints:B:Url"] = "http://127.0.0.1:0",
                ["Kestrel:Endpoints:B:Protocols"] = "Http2",
            },
        };
        await using var server = await ServerProcess.StartAsync(settings, TestContext.Current.CancellationToken);
        Assert.Equal(2, server.Addresses.Count);
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Addresses[1])
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(2, response.Version.Major);
    }

    [Fact]
    public async Task A_proxy_is_not_asked_for_storage_on_this_machine()
    {
        var settings = await SettingsAsync() with
        {
            IsMeasured = true,
            More = new Dictionary<string, string>
            {
                ["HTTP_PROXY"] = "http://127.0.0.1:1",
                // Announced in a queue before the blob becomes visible.
                ["Sluice:Events:Destinations:queue:Queue"] = "proxied",
            },
        };
        await using var server = await ServerProcess.StartAsync(settings, TestContext.Current.CancellationToken);
        using var client = server.CreateClient();

        using var response = await client.PutAsync(
            $"/api/blobs/{settings.Containers[0]}/x", new ByteArrayContent([1]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.DoesNotContain(server.Output, static line => line.StartsWith("warn:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:10000", true)]
    [InlineData("http://[::1]:10000", true)]
    [InlineData("http://localhost:10000", true)]
    [InlineData("https://account.blob.core.windows.net", false)]
    public void A_proxy_is_asked_for_storage_elsewhere(string address, bool bypassed)
    {
        var proxy = new ProxyBeyondLoopback(new WebProxy("http://proxy.example:3128"));

        Assert.Equal(bypassed, proxy.IsBypassed(new Uri(address)));
        Assert.Equal(new Uri("http://proxy.example:3128"), proxy.GetProxy(new Uri("https://account.blob.core.windows.net")));
    }

    private async Task<ServerSettings> SettingsAsync() => new()
    {
        ConnectionString = azurite.ConnectionString,
        Containers = [(await azurite.NewContainerAsync()).Name],
    };
}
