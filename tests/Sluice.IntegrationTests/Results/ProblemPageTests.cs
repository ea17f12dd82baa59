using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Results;

/// <summary>A problem as a page says what the problem says, and can do nothing else.</summary>
public sealed class ProblemPageTests : IAsyncDisposable
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private const string Hostile = """<script>alert(1)</script>"><img src=x onerror='alert(2)'>&amp;</dl>""";

    private static readonly string[] _ofTheForm = ["Content-Type", "Content-Length", "Content-Security-Policy"];

    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddSluice(new ConfigurationBuilder().Build()).BuildServiceProvider();

    public static TheoryData<FailureKind> Kinds => [.. Enum.GetValues<FailureKind>().Except([FailureKind.ClientGone])];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_has_the_status_the_fields_and_the_members_of_the_problem(FailureKind kind)
    {
        var failure = new Failure(kind, Phase.Transfer, "Some <detail>.")
        {
            LimitBytes = 12345,
            StorageErrorCode = "SomeCode",
            DownstreamStatus = 418,
            Allow = ["GET", "HEAD"],
            Offsets = new(7, 9),
            RetryAfter = TimeSpan.FromSeconds(17),
        };
        var (json, problem) = await AnswerAsync(failure, "*/*");
        var (page, html) = await AnswerAsync(failure, Browser);

        Assert.Equal(("application/problem+json", "text/html; charset=utf-8"), (json.ContentType, page.ContentType));
        Assert.Equal(json.StatusCode, page.StatusCode);
        Assert.Equal(Fields(json), Fields(page));
        Assert.Equal("Accept", page.Headers.Vary);
        Assert.Equal(Encoding.UTF8.GetByteCount(html), page.ContentLength);
        foreach (var member in JsonElement.Parse(problem).EnumerateObject().Where(static member => member.Name != "traceId"))
            Assert.Contains(member.Value.GetRawText().Trim('"'), Read(html), StringComparison.Ordinal);
        Assert.Contains("<dt>traceId</dt><dd>", html, StringComparison.Ordinal);
        Assert.Contains(FailureTable.Of(kind).Remedy.Replace("`", "", StringComparison.Ordinal), Read(html), StringComparison.Ordinal);
        Assert.Equal(page.Headers.RetryAfter.Count > 0, html.Contains("Try again in 17 s.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_others_wrote_is_text()
    {
        var (_, html) = await AnswerAsync(
            new Failure(FailureKind.StorageRejected, Phase.Seal, Hostile) { StorageErrorCode = Hostile }, Browser,
            [new HealthCheckResponse("storage", "unhealthy", Hostile)]);

        Assert.Equal(
            ["html", "head", "meta", "title", "link", "style", "body", "main", "h1", "p", "section", "h2", "code", "dl", "dt", "dd"],
            new PageDocument(html).Tags.Select(static tag => tag.TrimStart('<').TrimEnd('>').Split(' ')[0]).Distinct());
        Assert.Equal(2, WebUtility.HtmlDecode(html).Split(Hostile).Length - 1);
        Assert.Single(html.Split("</dl>")[1..]);
    }

    [Fact]
    public async Task A_browser_may_only_show_it()
    {
        var (page, html) = await AnswerAsync(new Failure(FailureKind.Internal, Phase.Admit, ""), Browser);
        var policy = page.Headers.ContentSecurityPolicy.ToString();

        Assert.Equal([Assert.Single(new PageDocument(html).StyleHashes)], PageDocument.Sources(policy, "style-src"));
        foreach (var directive in (string[])["default-src", "base-uri", "form-action", "frame-ancestors"])
            Assert.Equal(["'none'"], PageDocument.Sources(policy, directive));
        Assert.Equal(["data:"], PageDocument.Sources(policy, "img-src"));
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.XContentTypeOptions);
        Assert.Equal("no-store", page.Headers.CacheControl);
        Assert.Empty(new PageDocument(html).ScriptHashes);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<(HttpResponse Response, string Body)> AnswerAsync(
        Failure failure, string accept, IReadOnlyList<HealthCheckResponse>? checks = null)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = _services, TraceIdentifier = "some-trace" };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        context.Request.Headers.Accept = accept;
        await _services.GetRequiredService<EndpointGuard>().Refuse(failure, checks).ExecuteAsync(context);
        return (context.Response, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static IEnumerable<string> Fields(HttpResponse response) => response.Headers
        .Where(static field => !_ofTheForm.Contains(field.Key))
        .Select(static field => $"{field.Key}: {field.Value}")
        .Order();

    // What people see of it.
    private static string Read(string html) => WebUtility.HtmlDecode(
        html.Replace("<code>", "", StringComparison.Ordinal).Replace("</code>", "", StringComparison.Ordinal));
}
