using CsCheck;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Downstream;

public sealed class RelayTargetTests
{
    // What clients have used to get out of a proxy's prefix, or to another host.
    private static readonly string[] Tricks =
    [
        "..", ".", "/", "//", "\\", "@", ":", "?", "#", "%", "%2e", "%2E%2e", "%2f", "%5c", "%252e", ";", "..;", "..%00", "\0", "\r\n",
        "\t", " ", "http:", "https://", "evil.example", "user:pass@evil.example", "[::1]", "127.0.0.1:9", "..%c0%af", "\u2025",
        "\uff0e\uff0e", "\u2215", "\ud800", "v1", "events", "a", "é", "%zz", "~",
    ];

    private static readonly Gen<string> Path =
        Gen.OneOf(Gen.Int[0, Tricks.Length - 1].Select(static i => Tricks[i]), Gen.String[0, 6]).Array[0, 8].Select(
            static parts => string.Concat(parts));

    private static readonly Gen<string> Query =
        Gen.OneOf(Gen.Int[0, Tricks.Length - 1].Select(static i => Tricks[i]), Gen.String[Gen.Char.AlphaNumeric, 0, 6]).Array[0, 4]
            .Select(static parts => "?" + string.Concat(parts.Select(Uri.EscapeDataString)));

    [Fact]
    public void Ten_thousand_paths_never_lead_to_another_host_or_out_of_the_prefix()
    {
        var made = 0;
        Gen.Select(Path, Query, Gen.OneOf(
            Gen.Const("http://downstream.example:8080/base"), Gen.Const("https://downstream.example"), Gen.Const("http://[::1]:81/a/b/")))
            .Sample(
                (path, query, address) =>
                {
                    var target = Target(address);
                    if (target.TryAddress(path, query, out var uri, out _))
                    {
                        Interlocked.Increment(ref made);
                        var own = new Uri(address);
                        Assert.Equal((own.Scheme, own.Host, own.Port, ""), (uri.Scheme, uri.Host, uri.Port, uri.UserInfo));
                        Assert.StartsWith(own.AbsolutePath.TrimEnd('/') + "/", uri.AbsolutePath + "/", StringComparison.Ordinal);
                        Assert.DoesNotContain("..", Uri.UnescapeDataString(uri.AbsolutePath).Split('/', '\\', ';'));
                        Assert.Equal("", uri.Fragment);
                        Assert.Equal(query == "?" ? "" : query, uri.Query == "?" ? "" : uri.Query);
                    }
                },
                iter: 10_000);
        Assert.True(made > 1_000, $"Only {made} paths were taken: the test looks at nothing.");
    }

    [Fact]
    public void Ten_thousand_paths_never_get_out_of_the_allowed_prefixes() =>
        Gen.Select(Path, Gen.OneOf(Gen.Const("/v1/"), Gen.Const("/v1"), Gen.Const(""))).Sample(
            static (path, start) =>
            {
                var target = Target("http://downstream.example/base", "/v1/events", "v1/a");
                if (target.TryAddress(start + path, "", out var uri, out _))
                {
                    var decoded = Uri.UnescapeDataString(uri.AbsolutePath);
                    Assert.Contains(
                        (string[])["/base/v1/events", "/base/v1/a"],
                        prefix => decoded == prefix || decoded.StartsWith(prefix + "/", StringComparison.Ordinal));
                }
            },
            iter: 10_000);

    [Theory]
    [InlineData("", "http://h.example/base")]
    [InlineData("/", "http://h.example/base")]
    [InlineData("a/b", "http://h.example/base/a/b")]
    [InlineData("/a/b/", "http://h.example/base/a/b/")]
    [InlineData("/a b/é", "http://h.example/base/a%20b/%C3%A9")]
    [InlineData("/100%/x?y#z", "http://h.example/base/100%25/x%3Fy%23z")]
    [InlineData("/a /b ", "http://h.example/base/a%20/b%20")]
    [InlineData("/a:b@c/(d)", "http://h.example/base/a:b@c/(d)")]
    public void A_path_is_encoded_once(string path, string address)
    {
        Assert.True(Target("http://h.example/base").TryAddress(path, "", out var uri, out _));
        Assert.Equal(address, uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("?a=%41&b=%7E&c=[x]|{y}&d=%&e=%zz", "?a=%41&b=%7E&c=[x]|{y}&d=%&e=%zz")]
    [InlineData("?a=/../..", "?a=/../..")]
    [InlineData("?a b\t", "?a%20b%09")]
    [InlineData("?a#b", "?a%23b")]
    [InlineData("?a HTTP/1.1\r\nX: y", "?a%20HTTP/1.1%0D%0AX:%20y")]
    [InlineData("?é\ud83d\ude00", "?%C3%A9%F0%9F%98%80")]
    public void A_query_is_sent_as_it_came_but_for_what_would_end_it(string query, string sent)
    {
        Assert.True(Target("http://h.example/base").TryAddress("/a b", query, out var uri, out _));
        Assert.Equal($"/base/a%20b{sent}", uri.PathAndQuery);
    }

    [Theory]
    [InlineData("//a")]
    [InlineData("/a//b")]
    [InlineData("/a/../b")]
    [InlineData("/a/..")]
    [InlineData("/./a")]
    [InlineData("/a/%2e%2E/b")]
    [InlineData("/a/..;/b")]
    [InlineData("/a/;../b")]
    [InlineData("/a/.. /b")]
    [InlineData("/a;.. ")]
    [InlineData("/a%2fb")]
    [InlineData("/a%5Cb")]
    [InlineData("/a\\b")]
    [InlineData("/a\nb")]
    [InlineData("/a\0")]
    [InlineData("/a\ud800b")]
    [InlineData("/a/%ff")]
    [InlineData("/a/%C0%AE/b")]
    public void What_could_be_read_in_two_ways_is_refused(string path) =>
        Target("http://h.example/base").Check("GET", path, null).Is(FailureKind.PathInvalid, Phase.Admit);

    [Theory]
    [InlineData("/v1", true)]
    [InlineData("/v1/x", true)]
    [InlineData("/v1x", false)]
    [InlineData("/V1/x", false)]
    [InlineData("/", false)]
    public void A_prefix_is_one_of_whole_segments(string path, bool taken) =>
        Assert.Equal(taken, Target("http://h.example", "/v1/").Check("GET", path, null) is null);

    [Theory]
    [InlineData("GET", true)]
    [InlineData("get", true)]
    [InlineData("DELETE", false)]
    [InlineData("CONNECT", false)]
    public void Only_its_methods_are_taken(string method, bool taken)
    {
        var target = new RelayTarget("t", new RelayTargetOptions { Address = new Uri("http://h.example"), Methods = { "get", "POST" } });

        var refused = target.Check(method, "/", null);

        Assert.Equal(taken, refused is null);
        Assert.Equal(taken ? null : ["GET", "POST"], refused?.Is(FailureKind.MethodRefused, Phase.Admit).Allow);
    }

    [Fact]
    public void Without_a_list_no_tunnel_is_taken() =>
        Assert.All(
            (string[])["CONNECT", "TRACE", "BREW"],
            static method => Target("http://h.example").Check(method, "/", null).Is(FailureKind.MethodRefused, Phase.Admit));

    [Fact]
    public void A_body_over_the_targets_limit_is_refused_before_it_is_read()
    {
        var target = new RelayTarget("t", new RelayTargetOptions { Address = new Uri("http://h.example"), MaxBytes = 10 });

        Assert.Null(target.Check("PUT", "/", 10));
        Assert.Null(target.Check("PUT", "/", null));
        Assert.Equal(10, target.Check("PUT", "/", 11).Is(FailureKind.BodyTooLarge, Phase.Admit).LimitBytes);
    }

    private static RelayTarget Target(string address, params string[] prefixes)
    {
        var options = new RelayTargetOptions { Address = new Uri(address) };
        foreach (var prefix in prefixes)
        {
            options.PathPrefixes.Add(prefix);
        }

        return new RelayTarget("t", options);
    }
}
