using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Policies;

/// <summary>What a policy service may not answer: it fails the upload, and the service is blamed.</summary>
public sealed class PolicyAnswerTests(PolicyServiceApp app) : IClassFixture<PolicyServiceApp>
{
    private static readonly byte[] _gif = [.. "GIF89a"u8, .. new byte[5_000]];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private const string Unstorable = "has metadata or features that can't be stored, an invalid media type pattern, or a negative limit.";
    private const string Groundless = "refuses without a reason of 1 to 1000 characters, or with a status that is not from 400 to 599.";

    // The answer, and what the problem says of it.
    public static TheoryData<string, string> Invalid { get; } = new()
    {
        { "", "is not a decision: it can't be read at $." },
        { "no JSON", "is not a decision: it can't be read at $." },
        { "[]", "is not a decision: it can't be read at $." },
        { "null", "is null." },
        { "{\"name\":\"a\"", "is not a decision: it can't be read" },
        { """{"maxByte":1}""", "is not a decision: it can't be read at $.maxByte." },
        { """{"maxBytes":1,"maxBytes":2}""", "is not a decision: it can't be read" },
        { """{"maxBytes":"many"}""", "is not a decision: it can't be read at $.maxBytes." },
        { """{"refuse":{"reason":"No.","name":"a"}}""", "is not a decision: it can't be read at $.refuse.name." },
        { """{"metadata":{"a":"1","a":"2"}}""", "is not a decision: it can't be read" },
        { """{"metadata":{"a":null}}""", "has metadata without a value." },
        { """{"metadata":{"not a name":"x"}}""", Unstorable },
        { """{"metadata":{"sluice_upload":"x"}}""", Unstorable },
        { """{"maxBytes":-1}""", Unstorable },
        { """{"mediaTypes":{"allow":["image"]}}""", Unstorable },
        { """{"mediaTypes":{"refuse":[null]}}""", "has a media type pattern that is null." },
        { """{"container":"elsewhere"}""", "names a container that is not one of Sluice:Blob:Containers or Sluice:Blob:Aliases." },
        { """{"name":"a//b"}""", "has an invalid name: A segment of a blob name must not be empty, '.' or '..', and must not end with a dot." },
        { """{"features":{"tier":"Warm"}}""", Unstorable },
        { """{"features":{"tags":{"a":"b&c"}}}""", Unstorable },
        { """{"features":{"tags":{"a":null}}}""", Unstorable },
        { """{"features":{"deleteAfterDays":3}}""", Unstorable },
        { """{"features":{"expires":3}}""", "is not a decision: it can't be read at $.features.expires." },
        { """{"name":""}""", "has an invalid name: A blob name must have 1 to 1024 characters." },
        { """{"refuse":{}}""", Groundless },
        { """{"refuse":{"reason":" "}}""", Groundless },
        { """{"refuse":{"status":302,"reason":"No."}}""", Groundless },
        { """{"refuse":{"status":600,"reason":"No."}}""", Groundless },
        { $$$"""{"refuse":{"reason":"{{{new string('x', 1_001)}}}"}}""", Groundless },
        { """{"refuse":{"reason":"No."},"name":"a"}""", "refuses the upload and restricts it." },
        { $$"""{"name":"a"}{{new string(' ', 32 * 1024)}}""", "is larger than 32768 bytes." },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_answer_that_is_no_decision_fails_the_upload_and_blames_the_service(string decision, string says)
    {
        var name = Name();
        using var answer = await app.PutAsync(name, Payload.Content(_gif), app.Desk.Decide(decision));
        var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.PolicyInvalid, Phase.Route);
        Assert.StartsWith($"The answer of the policy service {says}", problem.Detail, StringComparison.Ordinal);
        Assert.False(await app.Container.GetBlobClient(name).ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task The_largest_answer_is_read_and_an_endless_one_is_not()
    {
        using var largest = await app.PutAsync(Name(), Payload.Content(_gif), app.Desk.Decide($"{{}}{new string(' ', (32 * 1024) - 2)}"));
        Assert.Equal(HttpStatusCode.Created, largest.StatusCode);
        using var endless = await app.PutAsync(Name(), Payload.Content(_gif), app.Desk.Decide(static async call =>
        {
            for (var blanks = new byte[8_192]; ; await call.Context.Response.Body.WriteAsync(blanks, call.Context.RequestAborted))
                call.Context.RequestAborted.ThrowIfCancellationRequested();
        }));
        await ProblemDocument.ExpectAsync(endless, FailureKind.PolicyInvalid, Phase.Route);
    }

    private static string Name() => $"{Guid.NewGuid():N}";
}
