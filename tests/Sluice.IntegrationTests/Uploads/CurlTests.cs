using System.Diagnostics;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>The client of the examples, where it is installed.</summary>
[Collection<OnUploadServer>]
public sealed class CurlTests(UploadServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "-T", "-")]
    [InlineData(1, "-T", "-", "-H", "Expect: 100-continue")]
    [InlineData(1, "-X", "POST", "--data-binary", "@-", "-H", "Content-Type:")]
    [InlineData(2, "-T", "-", "--http2-prior-knowledge")]
    public async Task What_is_piped_into_curl_is_stored_and_read_back(int http, params string[] how)
    {
        var version = await CurlAsync(["--version"], []);
        Assert.SkipWhen(http == 2 && !version.Contains("HTTP2", StringComparison.Ordinal), "This curl does not speak HTTP/2.");
        var payload = Payload.Random(3_000_000);
        var url = server.Address(http).GetLeftPart(UriPartial.Authority) + server.PathOf($"curl {string.Join(' ', how)}".Replace('/', ' '));

        var nowhere = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        Assert.Equal("201", await CurlAsync([.. how, "-o", nowhere, "-w", "%{http_code}", url], payload));

        string[] back = http == 2 ? ["--http2-prior-knowledge"] : [];
        Payload.AssertSame(payload, await CurlBytesAsync([.. back, url], []));
    }

    private static async Task<string> CurlAsync(string[] arguments, byte[] input) =>
        System.Text.Encoding.UTF8.GetString(await CurlBytesAsync(arguments, input));

    private static async Task<byte[]> CurlBytesAsync(string[] arguments, byte[] input)
    {
        using var curl = Start(["--silent", "--show-error", "--noproxy", "*", .. arguments]);
        Assert.SkipWhen(curl is null, "curl is not installed.");
        try
        {
            using var output = new MemoryStream();
            var reading = curl.StandardOutput.BaseStream.CopyToAsync(output, Token);
            var errors = curl.StandardError.ReadToEndAsync(Token);
            await curl.StandardInput.BaseStream.WriteAsync(input, Token);
            curl.StandardInput.Close();
            await reading;
            await curl.WaitForExitAsync(Token);
            Assert.True(curl.ExitCode == 0, await errors);
            return output.ToArray();
        }
        finally
        {
            curl.Kill();
        }
    }

    private static Process? Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("curl", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
