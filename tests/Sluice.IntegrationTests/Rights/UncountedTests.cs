using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Rights;

/// <summary>Storage that can't count lets no byte pass, and loses none.</summary>
public sealed class UncountedTests(UncountedServer server) : IClassFixture<UncountedServer>
{
    [Fact]
    public async Task A_body_that_can_t_be_counted_is_refused_as_storage_s_failure()
    {
        foreach (var sized in (bool[])[true, false])
        {
            using var answer = await server.PutAsync("metered/ann/a", Payload.Content([1], sized), server.As("ann", ("plan", "small")));
            await ProblemDocument.ExpectAsync(answer, FailureKind.StorageRejected, Phase.Admit);
        }

        Assert.Null(await server.VisibleAsync("metered/ann/a"));
    }

    [Fact]
    public async Task A_caller_without_a_quota_notices_nothing()
    {
        using var answer = await server.PutAsync("users/ann/a", Payload.Content([1]), server.As("ann"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
