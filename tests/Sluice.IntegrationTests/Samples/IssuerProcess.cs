using System.Diagnostics;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Samples;

/// <summary>docs/samples/application/issuer.mjs on a free port.</summary>
internal sealed class IssuerProcess : IDisposable
{
    private readonly Process _process;

    private IssuerProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>Its URL, as it prints it.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<IssuerProcess> StartAsync()
    {
        var start = new ProcessStartInfo("node", ["issuer.mjs", "0"])
        {
            WorkingDirectory = Repository.PathOf("docs/samples/application"),
            RedirectStandardOutput = true,
        };
        var issuer = new IssuerProcess(Process.Start(start)!);
        issuer.Address = await issuer._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        Assert.True(Uri.IsWellFormedUriString(issuer.Address, UriKind.Absolute), $"It does not listen: {issuer.Address}");
        return issuer;
    }

    /// <summary>A token for a name.</summary>
    public async Task<string> TokenAsync(string name)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await client.GetStringAsync(new Uri($"{Address}/token/{name}"), TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        _process.Kill();
        _process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill();
}
