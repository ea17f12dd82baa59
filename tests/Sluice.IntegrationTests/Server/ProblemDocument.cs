using System.Text.Json;
using Sluice.Failures;

namespace Sluice.IntegrationTests.Server;

/// <summary>An error as a client sees it, with all members that every error of an endpoint has.</summary>
internal sealed record ProblemDocument(
    string Type, string Title, int Status, string Detail, string Phase, string Party, bool Retry, long? LimitBytes)
{
    private const string MediaType = "application/problem+json";

    public static async Task<ProblemDocument> ExpectAsync(HttpResponseMessage response, FailureKind kind, Phase phase) => Expect(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        kind,
        phase);

    public static ProblemDocument Expect(RawAnswer answer, FailureKind kind, Phase phase) =>
        Expect(answer.Status, answer.Header("Content-Type"), answer.Body, kind, phase);

    private static ProblemDocument Expect(int status, string? mediaType, string body, FailureKind kind, Phase phase)
    {
        Assert.True(status >= 400, $"{status} instead of a problem: {body}");
        Assert.Equal(MediaType, mediaType);
        var members = JsonElement.Parse(body);
        Assert.All(
            (string[])["type", "title", "status", "detail", "phase", "party", "retry", "traceId"],
            member => Assert.True(members.TryGetProperty(member, out var value) && value.ToString() != "", $"No {member} in {body}"));

        var problem = members.Deserialize<ProblemDocument>(JsonSerializerOptions.Web)!;
        var expected = FailureTable.Of(kind);
        Assert.Equal(
            (expected.Type, expected.Status, expected.Title, expected.Retry, phase.ToString().ToLowerInvariant()),
            (problem.Type, problem.Status, problem.Title, problem.Retry, problem.Phase));
        Assert.Equal(new Failure(kind, phase, "").Party.ToString().ToLowerInvariant(), problem.Party);
        Assert.Equal(expected.Status, status);
        return problem;
    }
}
