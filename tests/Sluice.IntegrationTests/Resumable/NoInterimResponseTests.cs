using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>A server that sends no interim responses, for the sake of a proxy that fails at them.</summary>
public sealed class NoInterimResponseTests(NoInterimResponseTests.Silent server) : IClassFixture<NoInterimResponseTests.Silent>
{
    [Fact]
    public async Task A_request_that_brings_all_of_an_upload_gets_one_answer()
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync("POST /api/files HTTP/1.1\nUpload-Draft-Interop-Version: 8\nUpload-Complete: ?1\nContent-Length: 5");
        await client.SendAsync("hello");
        var answer = await client.ReadAnswerAsync();

        Assert.Equal((201, "?1"), (answer.Status, answer.Header("Upload-Complete")));
    }

    [Fact]
    public async Task An_upload_in_parts_is_told_its_url_by_the_answer()
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync("POST /api/files HTTP/1.1\nUpload-Draft-Interop-Version: 8\nUpload-Complete: ?0\nContent-Length: 5");
        await client.SendAsync("hello");
        var answer = await client.ReadAnswerAsync();

        Assert.Equal((201, "?0"), (answer.Status, answer.Header("Upload-Complete")));
        Assert.StartsWith("/api/files/", answer.Header("Location"), StringComparison.Ordinal);
    }

    public sealed class Silent(AzuriteFixture azurite) : RunningServer(azurite)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Sluice:Resumable:InterimResponses"] = "false" };
    }
}
