using System.Globalization;
using Azure.Storage.Blobs.Specialized;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Blobs;

/// <summary>What is deleted, what is not, and what is said of it.</summary>
[Collection<OnBlobServer>]
public sealed class DeleteTests(BlobServer server)
{
    private readonly string _name = $"deleted/{Guid.NewGuid():N}.txt";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_is_deleted_once()
    {
        await server.SeedAsync(_name);

        var deleted = await DeleteAsync();

        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
        Assert.Null(await server.VisibleAsync(_name));
        Assert.Equal("404 blob-not-found", (await server.AskAsync(HttpMethod.Get, server.PathOf(_name))).Problem);
        var again = await DeleteAsync();
        Assert.Equal(("404 blob-not-found", "delete"), (again.Problem, again.Text("phase")));
    }

    [Fact]
    public async Task A_blob_that_was_put_can_be_deleted_and_put_again()
    {
        foreach (var content in (byte[][])[[1], [2, 3]])
        {
            Assert.Equal(201, (await server.AskAsync(
                HttpMethod.Put, server.PathOf(_name), Payload.Content(content), ("If-None-Match", "*"))).Status);
            Assert.Equal(content, await server.VisibleAsync(_name));
            Assert.Equal(204, (await DeleteAsync()).Status);
        }
    }

    [Theory]
    [InlineData("204", "If-Match: TAG")]
    [InlineData("204", "If-Match: *")]
    [InlineData("412 precondition-failed", "If-Match: \"0x1\"")]
    [InlineData("412 precondition-failed", "If-Match: W/TAG")]
    [InlineData("204", "If-None-Match: \"0x1\"")]
    [InlineData("412 precondition-failed", "If-None-Match: TAG")]
    [InlineData("412 precondition-failed", "If-None-Match: W/TAG")]
    [InlineData("412 precondition-failed", "If-None-Match: *")]
    [InlineData("204", "If-Unmodified-Since: DATE")]
    [InlineData("412 precondition-failed", "If-Unmodified-Since: EARLIER")]
    [InlineData("204", "If-Unmodified-Since: yesterday")]
    [InlineData("204", "If-Match: TAG", "If-Unmodified-Since: EARLIER")]
    [InlineData("412 precondition-failed", "If-Match: TAG", "If-None-Match: TAG")]
    [InlineData("400 header-invalid", "If-Match: \"0x1\", TAG")]
    [InlineData("400 header-invalid", "If-Match: 0x1")]
    [InlineData("400 header-invalid", "If-None-Match: nothing")]
    public async Task A_condition_decides(string expected, params string[] conditions)
    {
        var blob = await server.SeedAsync(_name);
        var properties = (await blob.GetPropertiesAsync(cancellationToken: Token)).Value;
        var headers = conditions.Select(static condition => condition.Split(": ", 2))
            .Select(parts => (parts[0], parts[1]
                .Replace("TAG", properties.ETag.ToString("H"), StringComparison.Ordinal)
                .Replace("DATE", Date(properties.LastModified), StringComparison.Ordinal)
                .Replace("EARLIER", Date(properties.LastModified.AddHours(-1)), StringComparison.Ordinal)))
            .ToArray();

        var answer = await DeleteAsync(headers);

        Assert.Equal(expected, answer.Status == 204 ? "204" : answer.Problem);
        Assert.Equal(answer.Status != 204, (await blob.ExistsAsync(Token)).Value);
    }

    [Theory]
    [InlineData("If-Match", "*")]
    [InlineData("If-Match", "\"0x1\"")]
    [InlineData("If-None-Match", "*")]
    public async Task No_condition_is_asked_of_a_blob_that_is_not_there(string header, string value) =>
        Assert.Equal("404 blob-not-found", (await DeleteAsync((header, value))).Problem);

    [Theory]
    [InlineData("/api/blobs/elsewhere/a", "404 container-unknown")]
    [InlineData("/api/blobs/$root/a", "404 container-unknown")]
    [InlineData("/api/blobs/{0}", "400 name-invalid")]
    [InlineData("/api/blobs/{0}/a/", "400 name-invalid")]
    [InlineData("/api/blobs/{0}/a%2F..%2Fb", "400 name-invalid")]
    [InlineData("/api/blobs/{0}/a%5Cb", "400 name-invalid")]
    public async Task What_can_t_be_a_blob_here_is_not_deleted(string path, string problem) => Assert.Equal(
        problem,
        (await server.AskAsync(
            HttpMethod.Delete, path.Replace("{0}", server.Container.Name, StringComparison.Ordinal))).Problem);

    [Fact]
    public async Task A_blob_with_a_lease_stays()
    {
        var blob = await server.SeedAsync(_name);
        var lease = blob.GetBlobLeaseClient();
        await lease.AcquireAsync(TimeSpan.FromSeconds(-1), cancellationToken: Token);

        var refused = await DeleteAsync();

        Assert.Equal(("409 write-conflict", "delete"), (refused.Problem, refused.Text("phase")));
        Assert.Contains("lease", refused.Text("detail"), StringComparison.Ordinal);
        Assert.NotNull(await server.VisibleAsync(_name));
        await lease.ReleaseAsync(cancellationToken: Token);
        Assert.Equal(204, (await DeleteAsync()).Status);
    }

    [Fact]
    public async Task A_blob_with_snapshots_stays_with_them()
    {
        var blob = await server.SeedAsync(_name);
        var snapshot = (await blob.CreateSnapshotAsync(cancellationToken: Token)).Value.Snapshot;

        var refused = await DeleteAsync();

        Assert.Equal("409 write-conflict", refused.Problem);
        Assert.Contains("snapshots", refused.Text("detail"), StringComparison.Ordinal);
        Assert.True(await blob.ExistsAsync(Token));
        Assert.True(await blob.WithSnapshot(snapshot).ExistsAsync(Token));
    }

    [Theory]
    [InlineData("only")]
    [InlineData("include")]
    public async Task Who_wants_snapshots_deleted_is_refused_and_loses_nothing(string value)
    {
        await server.SeedAsync(_name);

        Assert.Equal("400 header-invalid", (await DeleteAsync(("x-ms-delete-snapshots", value))).Problem);

        Assert.NotNull(await server.VisibleAsync(_name));
    }

    [Fact]
    public async Task An_unfinished_upload_is_no_blob_and_goes_on()
    {
        var (path, name) = await server.BeginUploadAsync();

        Assert.Equal("404 blob-not-found", (await server.AskAsync(HttpMethod.Delete, server.PathOf(name))).Problem);

        await server.AppendAsync(path, 5);
        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], await server.VisibleAsync(name));
        Assert.Equal(204, (await server.AskAsync(HttpMethod.Delete, server.PathOf(name))).Status);
    }

    [Fact]
    public async Task A_part_of_an_upload_is_not_deleted()
    {
        var name = $"partial-uploads/{Guid.NewGuid():N}";
        await server.SeedAsync(name);

        Assert.Equal("409 write-conflict", (await server.AskAsync(HttpMethod.Delete, server.PathOf(name))).Problem);

        Assert.NotNull(await server.VisibleAsync(name));
    }

    private Task<Faults.Answer> DeleteAsync(params (string Name, string Value)[] headers) =>
        server.AskAsync(HttpMethod.Delete, server.PathOf(_name), null, headers);

    private static string Date(DateTimeOffset date) => date.ToString("R", CultureInfo.InvariantCulture);
}
