using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Sluice.Testing;

namespace Sluice.IntegrationTests.Hosting;

/// <summary><c>Sluice.Server health</c>, as a HEALTHCHECK runs it: the published program, with the environment of its server.</summary>
public sealed class HealthProbeTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, 0)]
    [InlineData(204, 0)]
    [InlineData(503, 1)]
    [InlineData(401, 1)]
    [InlineData(302, 1)]
    public async Task It_ends_with_what_the_server_says(int status, int exitCode)
    {
        await using var server = await ServerAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/api/health/live" ? status : 500;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        var (code, said) = await ProbeAsync(server.Urls.Single());

        Assert.Equal(exitCode, code);
        Assert.Equal(exitCode == 0 ? "" : $"{server.Urls.Single()}/api/health/live answers {status}.", said);
    }

    [Fact]
    public async Task The_command_line_wins_as_it_does_for_the_server()
    {
        await using var server = await ServerAsync(static _ => Task.CompletedTask);

        var (code, _) = await ProbeAsync("http://127.0.0.1:1", $"--urls={server.Urls.Single()}");

        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_server_with_keys_is_asked_without_one()
    {
        var settings = new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = ["unused"],
            AllowAnonymous = false,
            More = new Dictionary<string, string> { ["Sluice:Server:Keys:0"] = "a-key" },
        };
        await using var server = await ServerProcess.StartAsync(settings, Token);

        Assert.Equal((0, ""), await ProbeAsync($"{server.Address}"));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var (code, said) = await ProbeAsync($"http://127.0.0.1:{port}");

        Assert.Equal(1, code);
        Assert.StartsWith($"http://127.0.0.1:{port}/api/health/live: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up()
    {
        await using var server = await ServerAsync(static context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var (code, said) = await ProbeAsync(server.Urls.Single());

        Assert.Equal(1, code);
        Assert.EndsWith("does not answer within 4 s.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_tls_only_is_not_guessed_at()
    {
        var (code, said) = await ProbeAsync("https://127.0.0.1:1");

        Assert.Equal(1, code);
        Assert.Contains("--urls=", said, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> ServerAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(Token);
        return app;
    }

    private static async Task<(int ExitCode, string Said)> ProbeAsync(string urls, params string[] args)
    {
        var start = new ProcessStartInfo(ChildProcess.Dotnet, [PublishedServer.Dll, "health", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        ServerEnvironment.Apply(new ServerSettings { More = new Dictionary<string, string> { ["Urls"] = urls } }, start);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, $"{await output}{await error}".TrimEnd());
    }
}
