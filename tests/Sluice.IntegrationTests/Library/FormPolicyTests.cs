using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sluice.AspNetCore;
using Sluice.Failures;
using Sluice.IntegrationTests.Multipart;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Library;

/// <summary>Code of the app that decides about the files of a form.</summary>
public sealed class FormPolicyTests(PolicyApp app) : IClassFixture<PolicyApp>
{
    private static readonly byte[] _gif = [.. "GIF89a"u8, .. new byte[5_000]];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_file_of_a_form_is_decided_about(bool atomic)
    {
        var (good, bad) = (Name(), Name());
        var form = new ChromiumForm()
            .File("files", $"{good}.gif", _gif, "image/gif")
            .File("files", $"{bad}.txt", "text"u8.ToArray(), "text/plain");
        using var answer = await app.SendAsync(
            HttpMethod.Post, $"/api/blobs/{app.Container.Name}?atomic={(atomic ? "true" : "false")}", form.Content(),
            upload => upload.FileName == $"{bad}.txt" && upload.Peek!.FirstBytes.Length == 4
                ? UploadDecision.Refuse("No text.")
                : new UploadDecision { Name = $"pictures/{upload.Name}" });

        Assert.Equal(atomic ? HttpStatusCode.Forbidden : HttpStatusCode.MultiStatus, answer.StatusCode);
        Assert.Equal(!atomic, await app.Container.GetBlobClient($"pictures/{good}.gif").ExistsAsync(Cancelled));
        Assert.False(await app.Container.GetBlobClient($"{bad}.txt").ExistsAsync(Cancelled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_files_of_a_form_never_get_the_same_name(bool atomic)
    {
        var name = Name();
        var form = new ChromiumForm().File("files", "a", "first"u8.ToArray()).File("files", "b", "second"u8.ToArray());
        using var answer = await app.SendAsync(
            HttpMethod.Post, $"/api/blobs/{app.Container.Name}?atomic={(atomic ? "true" : "false")}", form.Content(),
            _ => new UploadDecision { Name = name });

        var blob = app.Container.GetBlobClient(name);
        if (atomic)
        {
            await ProblemDocument.ExpectAsync(answer, FailureKind.NameInvalid, Phase.Admit);
            Assert.False(await blob.ExistsAsync(Cancelled));
        }
        else
        {
            Assert.Equal([201, 400], await StatusesAsync(answer));
            Assert.Equal("first", $"{(await blob.DownloadContentAsync(Cancelled)).Value.Content}");
        }
    }

    [Fact]
    public async Task What_fails_for_one_file_of_a_form_is_told_of_that_file()
    {
        var form = new ChromiumForm()
            .File("files", Name(), "first"u8.ToArray())
            .File("files", "refused", "second"u8.ToArray())
            .File("files", "thrown", "third"u8.ToArray());
        using var answer = await app.SendAsync(
            HttpMethod.Post, $"/api/blobs/{app.Container.Name}", form.Content(), static upload => upload.FileName switch
            {
                "refused" => UploadDecision.Refuse("No.", 422),
                "thrown" => throw new InvalidTimeZoneException("secret"),
                _ => UploadDecision.Accept,
            });

        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        Assert.Equal([201, 422, 500], await StatusesAsync(answer));
    }

    private static async Task<IEnumerable<int>> StatusesAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("files").EnumerateArray()
            .Select(static file => file.GetProperty("status").GetInt32());

    private static string Name() => $"{Guid.NewGuid():N}";
}
