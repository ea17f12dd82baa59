using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A server whose targets can't work does not start, and says what is wrong in a line each.</summary>
public sealed class RelayStartTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_setting_that_is_wrong_is_a_line()
    {
        (string Setting, string Value, string Key)[] wrong =
        [
            ("none:HttpVersion", "Http11", "none:Address"),
            ("relative:Address", "example", "relative:Address"),
            ("ftp:Address", "ftp://h.example", "ftp:Address"),
            ("user:Address", "https://a:b@h.example", "user:Address"),
            ("query:Address", "https://h.example/?a=b", "query:Address"),
            ("a:Methods:0", "CONNECT", "a:Methods"),
            ("b:Methods:0", "trace", "b:Methods"),
            ("c:Methods:0", "G T", "c:Methods"),
            ("d:PathPrefixes:0", "/a/../b", "d:PathPrefixes"),
            ("e:PathPrefixes:0", "/a?b", "e:PathPrefixes"),
            ("f:PathPrefixes:0", "/a%20b", "f:PathPrefixes"),
            ("g:AddHeaders:X Y", "1", "g:AddHeaders:X Y"),
            ("h:AddHeaders:X", "a\nb", "h:AddHeaders:X"),
            ("i:ClientCertificatePath", "/nowhere/c.pfx", "i:ClientCertificatePath"),
            ("j:IdleTimeout", "00:00:00.049", "j:IdleTimeout"),
            ("k:IdleTimeout", "01:00:01", "k:IdleTimeout"),
            ("l:ConnectTimeout", "00:00:00", "l:ConnectTimeout"),
            ("m:ConnectTimeout", "00:05:01", "m:ConnectTimeout"),
            ("n:MaxBytes", "-1", "n:MaxBytes"),
            ("o:MaxResponseBytes", "-1", "o:MaxResponseBytes"),
        ];
        var more = wrong.ToDictionary(static one => $"Sluice:Relay:Targets:{one.Setting}", static one => one.Value);
        foreach (var target in wrong.Select(static one => one.Setting.Split(':')[0]).Where(static target => target.Length == 1))
            more[$"Sluice:Relay:Targets:{target}:Address"] = "https://h.example";

        var lines = await StartAsync(more);

        Assert.Equal(wrong.Length, lines.Length);
        Assert.All(
            wrong, one => Assert.Single(
                lines, line => line.StartsWith($"Sluice:Relay:Targets:{one.Key} ", StringComparison.Ordinal)
                    || line.StartsWith($"Sluice:Relay:Targets:{one.Key}:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("HttpVersion", "Http3")]
    [InlineData("IdleTimeout", "soon")]
    [InlineData("MaxBytes", "much")]
    [InlineData("ExpectContinue", "perhaps")]
    public async Task A_setting_that_can_not_be_read_is_named(string setting, string value)
    {
        var lines = await StartAsync(new()
        {
            ["Sluice:Relay:Targets:a:Address"] = "https://h.example",
            [$"Sluice:Relay:Targets:a:{setting}"] = value
        });

        Assert.Contains($"Sluice:Relay:Targets:a:{setting}", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_can_not_be_read_is_named()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "xunit.v3.core.dll");

        var lines = await StartAsync(new()
        {
            ["Sluice:Relay:Targets:a:Address"] = "https://h.example",
            ["Sluice:Relay:Targets:a:ClientCertificatePath"] = file
        });

        Assert.StartsWith("Sluice:Relay:Targets:a:ClientCertificatePath", Assert.Single(lines), StringComparison.Ordinal);
    }

    // Starts a server that must not start, and gives its lines.
    private async Task<string[]> StartAsync(Dictionary<string, string> more)
    {
        var settings = new ServerSettings { ConnectionString = azurite.ConnectionString, Containers = ["some"], More = more };
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var server = await ServerProcess.StartAsync(settings, Token);
        });
        var lines = failure.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("The server ended with 1 ", lines[0], StringComparison.Ordinal);
        return lines[1..];
    }
}
