using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Routes;
using Sluice.Callers;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.IntegrationTests.Requests;

/// <summary>Who a request counts for.</summary>
public sealed class CallerTests
{
    private readonly DefaultHttpContext _context = new();

    [Fact]
    public void A_key_that_has_a_name_comes_before_source_and_address()
    {
        HasSource("github");
        _context.Request.RouteValues["source"] = "github";
        _context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ci")], "key"));

        Assert.Equal("key:ci", Found());
    }

    [Fact]
    public void A_key_without_a_name_may_be_anybodys_and_says_nothing()
    {
        _context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        _context.User = new ClaimsPrincipal(new ClaimsIdentity([], "key"));

        Assert.Equal("address:192.0.2.7", Found());
    }

    [Fact]
    public void A_webhook_counts_for_its_source_in_whatever_case_it_is_written()
    {
        HasSource("github");
        _context.Request.RouteValues["source"] = "GitHub";
        _context.User = new ClaimsPrincipal(new ClaimsIdentity([], "key"));

        Assert.Equal("hook:github", Found());
    }

    [Fact]
    public void A_webhook_of_a_sender_without_a_key_counts_for_its_address_and_not_against_the_source()
    {
        HasSource("github");
        _context.Request.RouteValues["source"] = "github";
        _context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");

        Assert.Equal("address:192.0.2.7", Found(SluiceHost.Kestrel));
        _context.Features.Set<Caller>(null);
        Assert.Equal("hook:github", Found(SluiceHost.Functions));
    }

    [Fact]
    public void A_source_that_is_not_configured_is_no_caller_of_its_own()
    {
        HasSource("github");
        _context.Request.RouteValues["source"] = "made-up";
        _context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");

        Assert.Equal("address:192.0.2.7", Found());
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    public void An_address_counts_by_the_network_that_one_subscriber_has(string address, string network)
    {
        _context.Connection.RemoteIpAddress = IPAddress.Parse(address);

        Assert.Equal($"address:{network}", Found());
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:51234", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::/64")]
    [InlineData("[2001:db8::1]:51234", "2001:db8::/64")]
    [InlineData("unknown", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public void Behind_the_Functions_host_the_last_address_that_it_forwards_counts(string forwarded, string network)
    {
        _context.Connection.RemoteIpAddress = IPAddress.Loopback;
        _context.Request.Headers["X-Forwarded-For"] = forwarded;

        Assert.Equal("address:127.0.0.1", Found(SluiceHost.Kestrel));
        _context.Features.Set<Caller>(null);
        Assert.Equal($"address:{network}", Found(SluiceHost.Functions));
    }

    [Fact]
    public void What_was_found_is_told_to_whoever_asks_later()
    {
        Assert.Equal("", CallerFinder.ShareOf(_context));
        _context.Connection.RemoteIpAddress = IPAddress.Loopback;
        _ = Found();

        Assert.Equal("address:127.0.0.1", CallerFinder.ShareOf(_context));
    }

    // The connection's address is the same then: a relay tells it to its target.
    [Theory]
    [InlineData("192.0.2.7", "address:192.0.2.7")]
    [InlineData("192.0.2.6, 192.0.2.7:1", "address:192.0.2.7")]
    [InlineData("nonsense", "address:192.0.2.1")]
    public void On_Functions_the_platforms_field_says_who_it_is_where_the_settings_name_it(string said, string expected)
    {
        _context.Connection.RemoteIpAddress = IPAddress.Parse("127.0.0.1");
        _context.Request.Headers["X-Forwarded-For"] = "192.0.2.1";
        _context.Request.Headers["X-Azure-SocketIP"] = said;

        Assert.Equal(expected, Found(SluiceHost.Functions, "X-Azure-SocketIP"));
        Assert.Equal(said == "nonsense" ? "127.0.0.1" : "192.0.2.7", $"{_context.Connection.RemoteIpAddress}");
    }

    [Fact]
    public void On_Kestrel_no_field_says_who_it_is()
    {
        _context.Connection.RemoteIpAddress = IPAddress.Parse("127.0.0.1");
        _context.Request.Headers["X-Azure-SocketIP"] = "192.0.2.7";

        Assert.Equal("address:127.0.0.1", Found(SluiceHost.Kestrel, "X-Azure-SocketIP"));
    }

    private string Found(SluiceHost host = SluiceHost.Kestrel, string? addressField = null) =>
        CallerFinder.Find(_context, host, addressField).Share;

    private void HasSource(string name)
    {
        var problems = new List<string>();
        var options = new WebhookOptions
        {
            Sources =
            {
                [name] = new WebhookSourceOptions
                {
                    Scheme = "none",
                    IdPointer = "/id",
                    Store = new RouteStoreOptions { Container = "uploads", Name = "{path}" }
                }
            }
        };
        var table = WebhookTable.Compile(options, ["uploads"], [], null, problems);
        Assert.Empty(problems);
        _context.RequestServices = new ServiceCollection().AddSingleton(table).BuildServiceProvider();
    }
}
