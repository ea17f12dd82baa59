using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Requests;

/// <summary>What a client says of the list that it wants, and where it goes on.</summary>
public sealed class ListRequestTests
{
    private static readonly BlobQuery _list = new("inbox", "2026/", "/", 100, null);

    [Theory]
    [InlineData("", "", null, 100)]
    [InlineData("?code=secret", "", null, 100)]
    [InlineData("?prefix=&delimiter=", "", null, 100)]
    [InlineData("?prefix=2026%2F07/a%20b&delimiter=%2F&limit=1", "2026/07/a b", "/", 1)]
    [InlineData("?delimiter=/&limit=1000", "", "/", 1000)]
    public void A_query_is_read(string query, string prefix, string? delimiter, int limit) =>
        Assert.Equal(new BlobQuery("inbox", prefix, delimiter, limit, null), Bind(query).Value());

    [Theory]
    [InlineData("?limit=")]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=%2B5")]
    [InlineData("?limit=1&limit=1")]
    [InlineData("?limit=99999999999")]
    [InlineData("?limit=all")]
    [InlineData("?delimiter=|")]
    [InlineData("?delimiter=//")]
    [InlineData("?prefix=a&prefix=b")]
    [InlineData("?prefix=a%00")]
    [InlineData("?prefix=a%0A")]
    [InlineData("?continuation=")]
    [InlineData("?continuation=x")]
    [InlineData("?continuation=AAAAAAAAAAAAAAAA")]
    [InlineData("?continuation=%FF")]
    public void A_query_that_can_t_be_meant_is_refused(string query) => Bind(query).Failed(FailureKind.QueryInvalid, Phase.Admit);

    [Theory]
    [InlineData("2!92!MDAwMDE0IXRyYXZlbC9wYXJpcy5qcGcBMDAw")]
    [InlineData("a")]
    [InlineData("Z\u00FCrich/\uD83D\uDE9A")]
    public void A_continuation_leads_to_its_marker(string marker)
    {
        var continuation = ListContinuation.Of(_list, marker);

        Assert.Matches("^[A-Za-z0-9_-]+$", continuation);
        Assert.Equal(
            _list with { Marker = marker, Limit = 7 }, Bind($"?prefix=2026/&delimiter=/&limit=7&continuation={continuation}").Value());
    }

    [Fact]
    public void A_continuation_is_one_of_its_own_list_only()
    {
        var continuation = ListContinuation.Of(_list, "marker");

        Assert.Equal("marker", ListContinuation.Read(_list with { Limit = 5 }, continuation));
        Assert.Null(ListContinuation.Read(_list with { Container = "other" }, continuation));
        Assert.Null(ListContinuation.Read(_list with { Prefix = "2025/" }, continuation));
        Assert.Null(ListContinuation.Read(_list with { Delimiter = null }, continuation));
    }

    [Fact]
    public void A_continuation_with_another_character_or_a_missing_one_is_none()
    {
        var continuation = ListContinuation.Of(_list, "marker");

        for (var i = 0; i < continuation.Length; i++)
        {
            var other = continuation[i] == 'A' ? 'g' : 'A';
            Assert.Null(ListContinuation.Read(_list, $"{continuation[..i]}{other}{continuation[(i + 1)..]}"));
            Assert.Null(ListContinuation.Read(_list, continuation[..i]));
        }
    }

    private static Result<BlobQuery> Bind(string query)
    {
        var context = new DefaultHttpContext { Request = { QueryString = new QueryString(query) } };
        context.Request.RouteValues["container"] = "inbox";
        return ListRequest.Bind(context.Request);
    }
}
