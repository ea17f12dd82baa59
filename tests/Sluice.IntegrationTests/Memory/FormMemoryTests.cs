using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Multipart;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Memory;

/// <summary>The requirement for forms: it is the form that is large, and the files that are many.</summary>
public sealed class FormMemoryTests(AzuriteFixture azurite)
{
    private const int Files = 50;
    private const int FileBytes = 6 * (int)Requirement.Megabyte;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_of_300_MB_in_50_files_is_stored_within_the_limit(bool atomic)
    {
        Requirement.LeaveOutOnFunctions(!atomic);
        await using var worker = await MeasuredWorker.FreshAsync(azurite);
        var form = new ChromiumForm();
        var file = Payload.Random(FileBytes);
        var said = default(JsonElement);

        Requirement.Holds(await worker.MeasureAsync(
            $"first request, a form of 50 files of 6 MB, {(atomic ? "atomic" : "one by one")}",
            async () => said = JsonElement.Parse(await worker.PostAsync(
                $"?atomic={(atomic ? "true" : "false")}", form.Typed(new UnsizedContent(stream => WriteAsync(stream, form, file)))))));

        var sha256 = Convert.ToBase64String(SHA256.HashData(file));
        var stored = said.GetProperty("files").EnumerateArray().Select(static one => one.GetProperty("receipt")).ToList();
        Assert.Equal(
            Enumerable.Range(0, Files).Select(static i => $"{i}.bin"), stored.Select(static one => one.GetProperty("name").GetString()));
        Assert.All(stored, one => Assert.Equal(sha256, one.GetProperty("digests").GetProperty("sha-256").GetString()));
        for (var i = 0; i < Files; i++)
            Payload.AssertSame(file, await worker.ReadBehindAsync($"{i}.bin"));
    }

    private static async Task WriteAsync(Stream stream, ChromiumForm form, byte[] file)
    {
        for (var i = 0; i < Files; i++)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(form.FileHead("files", $"{i}.bin")), Cancelled);
            await stream.WriteAsync(file, Cancelled);
            await stream.WriteAsync("\r\n"u8.ToArray(), Cancelled);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(form.End), Cancelled);
    }
}
