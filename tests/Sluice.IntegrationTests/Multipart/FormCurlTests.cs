using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>The client of the examples, where it is installed.</summary>
[Collection<OnFormServer>]
public sealed class FormCurlTests(FormServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData]
    [InlineData("-H", "Transfer-Encoding: chunked")]
    [InlineData("-H", "Expect: 100-continue")]
    public async Task What_curl_sends_as_a_form_is_stored(params string[] how)
    {
        Assert.SkipUnless(Faults.CurlProcess.IsThere, "curl is not installed.");
        var (a, b) = (Payload.Random(500_000), Payload.Random(10));
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "a.pdf"), a, Token);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "b.bin"), b, Token);
            var prefix = $"curl-{how.Length}{how.LastOrDefault()?.Length}";
            var url = server.Address().GetLeftPart(UriPartial.Authority) + server.FormPath("?atomic=true");
            string[] form =
            [
                "-F", $"prefix={prefix}", "-F", "owner=finance", "-F", $"file=@{folder.FullName}/a.pdf", "-F",
                $"file=@{folder.FullName}/b.bin"
            ];

            using var curl = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "curl", ["--silent", "--noproxy", "*", .. how, .. form, "-w", "%{http_code}", url])
            {
                RedirectStandardOutput = true,
            })!;
            var said = await curl.StandardOutput.ReadToEndAsync(Token);

            Assert.EndsWith("201", said, StringComparison.Ordinal);
            Payload.AssertSame(a, await server.ReadAsync($"{prefix}/a.pdf"));
            Payload.AssertSame(b, await server.ReadAsync($"{prefix}/b.bin"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
