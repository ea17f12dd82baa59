using System.Net;
using System.Security.Cryptography;
using Sluice.Failures;
using Sluice.IntegrationTests.Callers;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Samples;

/// <summary>docs/application.md, from a page in a browser to the worker.</summary>
public sealed class ApplicationSampleTests(ApplicationServer application) : IClassFixture<ApplicationServer>
{
    [Fact]
    public async Task What_a_user_drops_on_the_page_is_read_by_the_worker()
    {
        // Two requests: the page sends 16 MiB at a time.
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 20_000_000);

        var path = await application.UploadAsync("ann", file);

        Assert.StartsWith($"/api/blobs/{application.Container.Name}/ann/", path, StringComparison.Ordinal);
        await BrowserUploadTests.AssertStoredAsync(application.Container, file);
        var name = path[$"/api/blobs/{application.Container.Name}/".Length..];
        await application.WaitForEventsAsync(1);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file.Content));
        Assert.Contains($"{name}: 20000000 bytes, SHA-256 {digest}\n", await application.WorkAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await application.CountMessagesAsync());

        using var own = await GetAsync(path, "ann");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var others = await GetAsync(path, "ben");
        await AssertRefusedAsync(others);
    }

    [Fact]
    public async Task Nobody_writes_into_the_folder_of_another()
    {
        using var refused = await PutAsync("ann/refused.md", "ben");
        await AssertRefusedAsync(refused);
        using var unknown = await application.PutAsync("ann/refused.md", new StringContent("x"));
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Null(await application.VisibleAsync("ann/refused.md"));
    }

    [Fact]
    public async Task The_worker_skips_a_blob_that_was_deleted_or_replaced()
    {
        foreach (var name in (string[])["cleo/deleted.md", "cleo/replaced.md", "cleo/a b%20+c.md"])
        {
            using var stored = await PutAsync(name, "cleo");
            Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        }

        var token = TestContext.Current.CancellationToken;
        await application.WaitForEventsAsync(3);
        await application.Container.DeleteBlobAsync("cleo/deleted.md", cancellationToken: token);
        await application.Container.GetBlobClient("cleo/replaced.md").UploadAsync(BinaryData.FromString("y"), overwrite: true, token);

        var said = await application.WorkAsync();

        Assert.Contains("cleo/deleted.md: deleted or replaced since\n", said, StringComparison.Ordinal);
        Assert.Contains("cleo/replaced.md: deleted or replaced since\n", said, StringComparison.Ordinal);
        Assert.Contains("cleo/a b%20+c.md: 1 bytes, SHA-256 ", said, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string user) =>
        await application.SendAsync(HttpMethod.Get, path, null, 1, TestIssuer.Header(await application.Issuer.TokenAsync(user)));

    private async Task<HttpResponseMessage> PutAsync(string name, string user) =>
        await application.PutAsync(name, new StringContent("x"), TestIssuer.Header(await application.Issuer.TokenAsync(user)));

    private static async Task AssertRefusedAsync(HttpResponseMessage answer) =>
        await ProblemDocument.ExpectAsync(answer, FailureKind.RightMissing, Phase.Admit);
}
