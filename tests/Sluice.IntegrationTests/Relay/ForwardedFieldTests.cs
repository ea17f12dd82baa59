using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Relay;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Whatever a client says of the hops before us, the last one in the list is ours, and whole.</summary>
public sealed class ForwardedFieldTests
{
    private const string Ours = "for=192.0.2.43;host=\"sluice.example:81\";proto=http";

    private static readonly string[] _pieces =
    [
        "for", "host", "=", "\"", "\"", "\\", ";", ",", ", ", " ", "\t", "192.0.2.1", "[2001:db8::1]", "\"[2001:db8::1]:4711\"", "for=1",
        "proto=https", "a=\"b,c\"", "a=\"b\\\"c\"", "\u00E9", "é", "\u00FF", "()", "unknown",
    ];

    [Theory]
    [InlineData("for=1.2.3.4", true)]
    [InlineData("for=1.2.3.4;proto=https;by=_x", true)]
    [InlineData("for=\"[2001:db8::1]:80\", For=unknown", true)]
    [InlineData("for=\"a,b\\\"c\" ; proto=http , ,for=x", true)]
    [InlineData("for=\"", false)]
    [InlineData("for=\"1.2.3.4", false)]
    [InlineData("for=1.2.3.4\", for=2.3.4.5", false)]
    [InlineData("for=\"a\\", false)]
    [InlineData("for=\"a\\\"", false)]
    [InlineData("for=[2001:db8::1]", false)]
    [InlineData("for", false)]
    [InlineData("for=", false)]
    [InlineData("for=a;", false)]
    [InlineData("for=a b=c", false)]
    [InlineData("for=\"\u00E9\"", false)]
    [InlineData("=a", false)]
    public void What_the_client_said_stays_only_if_it_is_a_list(string said, bool stays) =>
        Assert.Equal(stays ? $"{said}, {Ours}" : Ours, Sent("Forwarded", said));

    [Fact]
    public void Several_lines_are_one_list()
    {
        Assert.Equal($"for=a, for=b, {Ours}", Sent("Forwarded", "for=a", "", "for=b"));
        // Each line is broken; the two together are one string that ends.
        Assert.Equal($"for=\"a, b\", {Ours}", Sent("Forwarded", "for=\"a", "b\""));
        Assert.Equal(Ours, Sent("Forwarded", "for=a", "for=\"b"));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.43")]
    [InlineData("X-Forwarded-Host", "sluice.example:81")]
    [InlineData("X-Forwarded-Proto", "http")]
    public void The_older_headers_are_treated_likewise(string name, string ours)
    {
        Assert.Equal($"a, b, {ours}", Sent(name, "a", "b"));
        Assert.All((string[])["\"a", "a\\", "\u00E9", "a\tb"], said => Assert.Equal(ours, Sent(name, said)));
    }

    [Fact]
    public void A_parser_of_the_standard_always_finds_ours_last_and_whole()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => string.Concat(random.GetItems(_pieces, random.Next(0, 8))))
                .ToArray();

            var elements = Elements(Sent("Forwarded", lines));

            Assert.True(elements is [.., Ours], $"{seed}: {string.Join(" | ", lines)} -> {string.Join(" | ", elements ?? ["unreadable"])}");
        }
    }

    private static string Sent(string name, params string[] lines)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("sluice.example:81");
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse("192.0.2.43");
        context.Request.Headers[name] = lines;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://target/"));
        // As YARP has copied them by then.
        Assert.True(request.Headers.TryAddWithoutValidation(name, lines));
        RelayHeaders.Apply(context.Request, request, new RelayTargetOptions(), null);
        return request.Headers.NonValidated[name].ToString();
    }

    // By the characters alone, as a parser does that follows RFC 9110, section 5.6: commas outside of quoted strings separate.
    // Null for what never ends.
    private static List<string>? Elements(string field)
    {
        var (elements, start, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i < field.Length; i++)
        {
            if (quoted && field[i] == '\\')
                i++;
            else if (field[i] == '"')
                quoted = !quoted;
            else if (field[i] == ',' && !quoted)
            {
                elements.Add(field[start..i].Trim());
                start = i + 1;
            }
        }
        elements.Add(field[start..].Trim());
        return quoted ? null : elements;
    }
}
