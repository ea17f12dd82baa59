using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;

namespace Sluice.IntegrationTests.Requests;

/// <summary>Who gets a problem as a page: whoever prefers HTML to JSON, which is a browser.</summary>
public sealed class AcceptFieldTests
{
    [Theory]
    // Firefox, Chrome and Safari, where an address is opened.
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true)]
    [InlineData(
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
            + "application/signed-exchange;v=b3;q=0.7",
        true)]
    [InlineData("text/html", true)]
    [InlineData("TEXT/HTML;charset=utf-8", true)]
    [InlineData("text/*", true)]
    [InlineData("text/html;q=0.2", true)]
    [InlineData("text/html;q=0.9, application/json;q=0.8", true)]
    [InlineData("*/*, application/json;q=0.1, application/problem+json;q=0.2", true)]
    [InlineData("text/html, application/*;q=0.5, */*;q=0.9", true)]
    [InlineData("text/html, nonsense, ;;;", true)]
    // Everybody else: fetch, curl, clients that name nothing, both, or neither.
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("*/*;q=0.1", false)]
    [InlineData("application/json", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("application/problem+json, text/html", false)]
    [InlineData("text/html, application/json", false)]
    [InlineData("text/html, */*", false)]
    [InlineData("text/html;q=0.8, application/problem+json;q=0.9", false)]
    [InlineData("text/html;q=0.5, application/*", false)]
    [InlineData("text/html;q=0", false)]
    [InlineData("text/*, text/html;q=0", false)]
    [InlineData("text/html;q=0, */*", false)]
    [InlineData("text/html;q=0.5, */*;q=0.8", false)]
    [InlineData("text/plain, image/png", false)]
    [InlineData("text/html/more", false)]
    [InlineData("nonsense", false)]
    // Java, if its program names nothing.
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", false)]
    [InlineData("text/html, image/gif, image/jpeg, */*; q=0.2", false)]
    [InlineData(",;q=", false)]
    public void A_page_is_for_those_who_prefer_it(string? accept, bool prefers) =>
        Assert.Equal(prefers, AcceptField.PrefersHtml(new HeaderDictionary { ["Accept"] = accept }));

    [Fact]
    public void Several_lines_are_one_list() => Assert.False(
        AcceptField.PrefersHtml(new HeaderDictionary { ["Accept"] = new(["text/html", "application/json"]) }));
}
