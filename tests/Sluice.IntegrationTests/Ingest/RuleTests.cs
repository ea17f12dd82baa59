using System.Text;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Ingest;

/// <summary>What the rules make of requests over HTTP; what they can is in Sluice.Tests.</summary>
[Collection<OnIngestServer>]
public sealed class RuleTests(IngestServer server)
{
    // Twice the default window.
    private static readonly string Padding = new(' ', 16 * 1024);

    [Fact]
    public async Task A_value_in_the_first_bytes_decides_where_an_event_goes_and_what_it_is_called()
    {
        var answer = await server.IngestAsync("anywhere", Json("""{"id":"7/../8","type":"order.created"}"""));

        Assert.Equal(
            $"201 orders/7_.._8.47dd63b7e027cd255cd4827187627191f7f40e47f76c7ee37e1740ce58c85f56",
            $"{answer.Status} {answer.Text("name")}");
        Assert.NotNull(await server.VisibleAsync("orders/7_.._8.47dd63b7e027cd255cd4827187627191f7f40e47f76c7ee37e1740ce58c85f56"));
        Assert.Equal(
            $"/api/blobs/{server.Container.Name}/orders/7_.._8.47dd63b7e027cd255cd4827187627191f7f40e47f76c7ee37e1740ce58c85f56",
            answer.Header("Location"));
    }

    [Fact]
    public async Task A_value_beyond_the_window_is_not_seen_and_the_next_rule_is_tried()
    {
        var late = $$"""{"pad":"{{Padding}}","id":"9","type":"order.created"}""";

        var noticed = await server.IngestAsync("events/late", Json(late));
        var lost = await server.IngestAsync("elsewhere", Json(late));

        Assert.Equal("201 unseen/events/late", $"{noticed.Status} {noticed.Text("name")}");
        Assert.Equal("404 no-route", lost.Problem);
        Assert.Null(await server.VisibleAsync("orders/9"));
    }

    [Fact]
    public async Task A_name_that_needs_a_value_that_is_not_there_is_refused()
    {
        var answer = await server.IngestAsync("anywhere", Json("""{"type":"order.created"}"""));

        Assert.Equal("422 name-unavailable", answer.Problem);
        Assert.Contains("/id", answer.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png", "\u0089PNG\r\n\u001a\n", "201")]
    [InlineData("image/png", "%PDF-1.7 it is a document", "415 media-type-refused")]
    [InlineData("text/plain", "it is text", "415 media-type-refused")]
    public async Task What_is_not_let_in_is_refused_before_a_byte_is_stored(string declared, string body, string expected)
    {
        var name = $"images/{Guid.NewGuid():N}";
        var content = Payload.Content(Encoding.Latin1.GetBytes(body));

        var answer = await server.IngestAsync(name, content, 1, ("Content-Type", declared));

        Assert.Equal(expected, answer.Status == 201 ? "201" : answer.Problem);
        Assert.Equal(expected == "201", await server.VisibleAsync(name) is not null);
    }

    [Fact]
    public async Task A_rule_refuses_with_its_own_status_and_words()
    {
        var answer = await server.IngestAsync("closed/a/b", Json("{}"));

        Assert.Equal("451 route-refused Not here.", $"{answer.Problem} {answer.Text("detail")}");
    }

    [Fact]
    public async Task A_rule_relays_to_a_path_of_its_own()
    {
        var name = server.Service.At(Scripts.Echo);

        var answer = await server.IngestAsync($"x/{name}?a=b&code=secret", Json("{}"), 1, ("X-Kind", "relay"));

        Assert.Equal(200, answer.Status);
        Assert.Equal($"/from/x/{name}?a=b", (await server.Service.SeenAsync(name)).Target);
    }

    [Fact]
    public async Task A_peek_explains_what_each_rule_saw()
    {
        using var response = await server.SendAsync(HttpMethod.Post, "/api/peek?path=any", Json("""{"id":1,"type":"invoice"}"""));
        var answer = await Faults.Answer.OfAsync(response, TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.Status);
        Assert.Contains("urn:sluice:problem:no-route", answer.Text("would"), StringComparison.Ordinal);
        Assert.Contains("\"saw\": \"invoice\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"matched\": true", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peek_names_the_rule_that_refuses()
    {
        using var response = await server.SendAsync(
            HttpMethod.Post, "/api/peek?path=images/a", Json("{}"), 1, ("Content-Type", "image/png"));
        var answer = await Faults.Answer.OfAsync(response, TestContext.Current.CancellationToken);

        Assert.Contains("\"rule\": \"images\"", answer.Text("would"), StringComparison.Ordinal);
        Assert.Contains("urn:sluice:problem:media-type-refused", answer.Text("would"), StringComparison.Ordinal);
    }

    private static HttpContent Json(string text) => Payload.Content(Encoding.UTF8.GetBytes(text));
}
