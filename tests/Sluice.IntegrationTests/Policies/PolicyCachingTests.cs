using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Policies;

/// <summary>A decision of a policy service is used again for as long as the service says.</summary>
public sealed class PolicyCachingTests(PolicyServiceApp app) : IClassFixture<PolicyServiceApp>
{
    private static readonly byte[] _gif = [.. "GIF89a"u8, .. new byte[50]];

    [Fact]
    public async Task A_decision_is_used_again_until_it_expires()
    {
        var (name, asked) = (Name(), 0);
        var mark = app.Desk.Decide(async call =>
        {
            asked++;
            await call.AnswerAsync($$$"""{"metadata":{"asked":"{{{asked}}}"}}""", cacheControl: "private, max-age=60");
        });

        await PutAsync(name, _gif, mark);
        // Not the bytes after those that show its type are in the question, and the id of the upload is another one each time.
        await PutAsync(name, [.. _gif.AsSpan(0, 40), .. new byte[16]], mark);
        Assert.Equal(1, asked);
        var stored = await app.Container.GetBlobClient(name).GetPropertiesAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal("1", stored.Value.Metadata["asked"]);

        app.Clock.Advance(TimeSpan.FromSeconds(61));
        await PutAsync(name, _gif, mark);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_refusal_is_used_again_too()
    {
        var (name, asked) = (Name(), 0);
        var mark = app.Desk.Decide(async call =>
        {
            asked++;
            await call.AnswerAsync("""{"refuse":{"status":451,"reason":"No."}}""", cacheControl: "max-age=60");
        });
        for (var i = 0; i < 2; i++)
        {
            using var answer = await app.PutAsync(name, Payload.Content(_gif), mark);
            Assert.Equal((HttpStatusCode)451, answer.StatusCode);
        }

        Assert.Equal(1, asked);
    }

    // Each of these is in the question.
    [Theory]
    [InlineData("X-Tenant", "t2")]
    [InlineData("Content-Type", "image/png")]
    [InlineData("x-ms-meta-a", "b")]
    [InlineData("Content-Disposition", "attachment; filename=\"b.gif\"")]
    public async Task Another_question_is_asked(string header, string value)
    {
        var (name, asked) = (Name(), 0);
        var mark = app.Desk.Decide(async call =>
        {
            asked++;
            await call.AnswerAsync("{}", cacheControl: "max-age=60");
        });

        await PutAsync(name, _gif, mark);
        await PutAsync(name, _gif, mark, (header, value));
        await PutAsync($"{name}.other", _gif, mark);
        await PutAsync(name, [.. _gif, 0], mark);
        await PutAsync(name, [0, .. _gif.AsSpan(1)], mark);
        Assert.Equal(5, asked);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("no-store, max-age=60", null)]
    [InlineData("no-cache, max-age=60", null)]
    [InlineData("max-age=0", null)]
    [InlineData("max-age=60", "60")]
    [InlineData("public", null)]
    public async Task A_decision_without_a_lifetime_is_used_once(string? cacheControl, string? age)
    {
        var (name, asked) = (Name(), 0);
        var mark = app.Desk.Decide(async call =>
        {
            asked++;
            if (age is not null)
                call.Context.Response.Headers.Age = age;
            await call.AnswerAsync("{}", cacheControl: cacheControl);
        });
        await PutAsync(name, _gif, mark);
        await PutAsync(name, _gif, mark);
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("no decision", 200, FailureKind.PolicyInvalid)]
    [InlineData("{}", 503, FailureKind.PolicyUnavailable)]
    public async Task What_is_no_decision_is_not_kept(string answer, int status, FailureKind kind)
    {
        var (name, asked) = (Name(), 0);
        var mark = app.Desk.Decide(async call => await (asked++ == 0
            ? call.AnswerAsync(answer, status, "max-age=60")
            : call.AnswerAsync("{}", cacheControl: "max-age=60")));
        using var first = await app.PutAsync(name, Payload.Content(_gif), mark);
        await ProblemDocument.ExpectAsync(first, kind, Phase.Route);
        await PutAsync(name, _gif, mark);
        Assert.Equal(2, asked);
    }

    private async Task PutAsync(string name, byte[] body, (string, string) mark, params (string, string)[] headers)
    {
        using var answer = await app.PutAsync(name, Payload.Content(body), mark, headers);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static string Name() => $"{Guid.NewGuid():N}";
}
