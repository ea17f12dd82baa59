using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Sluice.Server;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>Where the server listens, and where its health probe asks.</summary>
public sealed class ListenAddressTests(AzuriteFixture azurite)
{
    [Fact]
    public void Where_nobody_says_it_is_the_address_of_every_example() => Assert.Equal("http://localhost:7071", Chosen());

    [Theory]
    [InlineData("URLS", "http://localhost:1")]
    [InlineData("HTTP_PORTS", "8080")]
    [InlineData("HTTPS_PORTS", "8443")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://localhost:1")]
    public void Whatever_is_configured_stands(string key, string value) => Assert.Equal(key == "URLS" ? value : null, Chosen((key, value)));

    // The variable that ASP.NET Core's images set. An address in appsettings.json would win over it.
    [Fact]
    public async Task An_image_names_a_port_and_all_its_addresses_answer()
    {
        var settings = new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = ["some"],
            More = new Dictionary<string, string> { ["Urls"] = "", ["ASPNETCORE_HTTP_PORTS"] = "0" },
        };

        await using var server = await ServerProcess.StartAsync(settings, TestContext.Current.CancellationToken);

        Assert.Contains(Assert.Single(server.Addresses).Host, (string[])["[::]", "0.0.0.0"]);
        Assert.DoesNotContain(server.Output, static line => line.Contains("Overriding", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("URLS", "http://+:8080", "http://localhost:8080/")]
    [InlineData("URLS", "http://*:8080", "http://localhost:8080/")]
    [InlineData("URLS", "http://0.0.0.0:8080", "http://localhost:8080/")]
    [InlineData("URLS", "http://[::]:8080", "http://localhost:8080/")]
    [InlineData("URLS", "http://127.0.0.1:9000", "http://127.0.0.1:9000/")]
    [InlineData("URLS", "https://+:8443; http://+:8080", "http://localhost:8080/")]
    [InlineData("URLS", "https://+:8443", null)]
    [InlineData("HTTP_PORTS", "8080", "http://localhost:8080/")]
    [InlineData("HTTP_PORTS", "8081;8082", "http://localhost:8081/")]
    [InlineData("Other", "", "http://localhost:7071/")]
    [InlineData("URLS", "http://unix:/tmp/sluice.sock", null)]
    [InlineData("URLS", "http://unix:/tmp/sluice.sock;HTTP://+:8080", "http://localhost:8080/")]
    [InlineData("URLS", "localhost", null)]
    [InlineData("URLS", "http://a b:8080", null)]
    [InlineData("URLS", "http://localhost:65536", null)]
    [InlineData("HTTP_PORTS", ";", null)]
    [InlineData("HTTP_PORTS", "http;8080", "http://localhost:8080/")]
    public void A_process_beside_it_finds_it(string key, string value, string? expected) =>
        Assert.Equal(expected, ListenAddress.Local(Configuration((key, value)))?.AbsoluteUri);

    [Theory]
    [InlineData("URLS", "http://localhost:1", false)]
    [InlineData("URLS", "http://127.0.0.1:1;http://[::1]:2;http://127.9.9.9:3", false)]
    [InlineData("URLS", "http://unix:/tmp/sluice.sock", false)]
    [InlineData("URLS", "http://127.0.0.1:1; http://0.0.0.0:2", true)]
    [InlineData("URLS", "http://[::]:1", true)]
    [InlineData("URLS", "http://+:1", true)]
    [InlineData("URLS", "http://localhost.example:1", true)]
    [InlineData("URLS", "http://10.0.0.1:1", true)]
    [InlineData("HTTP_PORTS", "8080", true)]
    [InlineData("HTTPS_PORTS", "8443", true)]
    [InlineData("Kestrel:Endpoints:A:Url", "http://localhost:1", false)]
    [InlineData("Kestrel:Endpoints:A:Url", "https://*:1", true)]
    [InlineData("Other", "", false)]
    public void What_other_machines_reach_is_named(string key, string value, bool isBeyond) =>
        Assert.Equal(isBeyond ? key : null, ListenAddress.Beyond(Configuration((key, value))));

    private static string? Chosen(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(Configuration(settings));
        ListenAddress.UseDefault(builder);
        return builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();
}
