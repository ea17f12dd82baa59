using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Policies;

/// <summary>A policy service that does not decide: the upload is refused, or accepted, as the setting says.</summary>
public sealed class PolicyDownTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Dictionary<string, Func<PolicyCall, Task>> Ways { get; } = new()
    {
        ["closed"] = static _ => Task.CompletedTask,
        ["stalled"] = static call => Task.Delay(Timeout.InfiniteTimeSpan, call.Context.RequestAborted),
        ["stalled in its answer"] = static async call =>
        {
            await call.AnswerAsync("{");
            await call.Context.Response.Body.FlushAsync(call.Context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, call.Context.RequestAborted);
        },
        ["reset"] = static call =>
        {
            call.Context.Abort();
            return Task.CompletedTask;
        },
        ["broken"] = static call => call.AnswerAsync("{}", 500),
        ["gateway"] = static call => call.AnswerAsync("{}", 502),
        ["busy"] = static call => call.AnswerAsync("{}", 503),
        ["throttled"] = static call => call.AnswerAsync("{}", 429),
    };

    public static TheoryData<string, PolicyWhenDown> Cases { get; } =
        [.. Ways.Keys.SelectMany(static way => Enum.GetValues<PolicyWhenDown>().Select(down => (way, down)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_it_does_not_decide_is_decided_by_the_setting(string way, PolicyWhenDown whenDown)
    {
        using var closed = new ClosedPort();
        await using var app = new PolicyServiceApp(azurite)
        {
            More = new Dictionary<string, string?>
            {
                ["Sluice:Relay:Targets:closed:Address"] = $"{closed.Address}",
                ["Sluice:Policy:Target"] = way == "closed" ? "closed" : "service",
                ["Sluice:Policy:Timeout"] = way.StartsWith("stalled", StringComparison.Ordinal) ? "00:00:00.300" : "00:01:00",
                ["Sluice:Policy:WhenDown"] = $"{whenDown}",
            },
        };
        await app.InitializeAsync();
        var body = Payload.Random(5_000);
        using var answer = await app.PutAsync("a", Payload.Content(body), app.Desk.Decide(Ways[way]));

        var blob = app.Container.GetBlobClient("a");
        if (whenDown == PolicyWhenDown.Accept)
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Assert.Equal(body, (await blob.DownloadContentAsync(Cancelled)).Value.Content.ToArray());
            return;
        }

        var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.PolicyUnavailable, Phase.Route);
        Assert.StartsWith("The policy service could not be asked. ", problem.Detail, StringComparison.Ordinal);
        Assert.False(await blob.ExistsAsync(Cancelled));
    }

    // Otherwise a wrong secret, or a new version of the service, would open the doors.
    [Theory]
    [InlineData("{}", 401)]
    [InlineData("{}", 302)]
    [InlineData("garbage", 200)]
    [InlineData("""{"container":"elsewhere"}""", 200)]
    public async Task What_it_decides_wrongly_is_never_accepted(string decision, int status)
    {
        await using var app = new PolicyServiceApp(azurite)
        {
            More = new Dictionary<string, string?> { ["Sluice:Policy:WhenDown"] = nameof(PolicyWhenDown.Accept) },
        };
        await app.InitializeAsync();
        using var answer = await app.PutAsync("a", Payload.Content(Payload.Random(5_000)), app.Desk.Decide(decision, status));
        await ProblemDocument.ExpectAsync(answer, FailureKind.PolicyInvalid, Phase.Route);
        Assert.False(await app.Container.GetBlobClient("a").ExistsAsync(Cancelled));
    }
}
