using System.Text.Json;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Storage that fails for one file of several.</summary>
public sealed class FormStorageTests(FormStorageTests.Fixture sluice) : IClassFixture<FormStorageTests.Fixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageOperation.PutBlob, 1_000)]
    [InlineData(StorageOperation.PutBlock, 400_000)]
    [InlineData(StorageOperation.PutBlockList, 400_000)]
    public async Task The_others_are_stored(StorageOperation operation, int bytes)
    {
        var prefix = $"others-{operation}";
        sluice.Storage.Fail(operation, $"{prefix}/2", StorageFaults.Answer(403, "AuthorizationFailure"));

        Assert.Equal("207: 201 1, 502 2 storage-denied, 201 3", await PostAsync($"?prefix={prefix}", bytes));

        Assert.Equal("1 3", await ThereAsync(prefix));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(400_000)]
    public async Task None_of_an_atomic_form_is_visible_when_a_block_can_not_be_staged(int bytes)
    {
        var prefix = $"atomic-{bytes}";
        sluice.Storage.Fail(StorageOperation.PutBlock, $"{prefix}/2", StorageFaults.Answer(403, "AuthorizationFailure"));

        Assert.Equal("502: storage-denied", await PostAsync($"?atomic=true&prefix={prefix}", bytes));

        Assert.Equal("", await ThereAsync(prefix));
    }

    [Fact]
    public async Task A_commit_of_an_atomic_form_that_fails_is_told_with_those_before_it_and_those_after_it()
    {
        sluice.Storage.Fail(StorageOperation.PutBlockList, "midway/2", StorageFaults.Answer(403, "AuthorizationFailure"));

        Assert.Equal("207: 201 1, 502 2 storage-denied, 424 3 form-abandoned", await PostAsync("?atomic=true&prefix=midway", 1_000));

        Assert.Equal("1", await ThereAsync("midway"));
    }

    [Fact]
    public async Task Where_the_first_commit_fails_nothing_was_stored_and_the_status_says_so()
    {
        sluice.Storage.Fail(StorageOperation.PutBlockList, "first/1", StorageFaults.Answer(403, "AuthorizationFailure"));

        Assert.Equal("502: storage-denied", await PostAsync("?atomic=true&prefix=first", 1_000));

        Assert.Equal("", await ThereAsync("first"));
    }

    private async Task<string> PostAsync(string query, int bytes)
    {
        var form = new ChromiumForm();
        for (var i = 1; i <= 3; i++)
            form.File("f", $"{i}", TestBody.Of(bytes));
        using var content = form.Content();
        using var response = await sluice.Client.PostAsync($"/api/blobs/{sluice.Container.Name}{query}", content, Cancelled);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        var told = body.TryGetProperty("files", out var files)
            ? string.Join(", ", files.EnumerateArray().Select(
                static file => $"{file.GetProperty("status")} "
                    + $"{file.GetProperty("fileName")}{(file.TryGetProperty("problem", out var problem) ? $" {Kind(problem)}" : "")}"))
            : Kind(body);
        return $"{(int)response.StatusCode}: {told}";
    }

    private static string Kind(JsonElement problem) => problem.GetProperty("type").GetString()!.Split(':')[^1];

    private async Task<string> ThereAsync(string prefix)
    {
        var there = new List<string>();
        await foreach (var blob in sluice.Container.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"{prefix}/", Cancelled))
            there.Add(blob.Name[(prefix.Length + 1)..]);
        return string.Join(' ', there);
    }

    public sealed class Fixture(AzuriteFixture azurite)
        : SluiceFixture(azurite, ("Sluice:Blob:BlockBytes", "65536"), ("Sluice:Blob:MaxRetries", "1"));
}
