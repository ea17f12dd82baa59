using Sluice.FunctionsHost.Protocol;

namespace Sluice.FunctionsHost.Workers;

/// <summary>A worker that has loaded its functions.</summary>
internal sealed class Worker(WorkerProcess process, WorkerChannel channel, TimeSpan grace)
{
    private const string HttpUri = "HttpUri";

    public WorkerProcess Process => process;

    public WorkerChannel Channel => channel;

    /// <summary>Whether the host has given it up, so that its end is no crash and another one follows.</summary>
    public bool GivenUp { get; private set; }

    /// <summary>Where it takes the requests themselves.</summary>
    public Uri HttpAddress => channel.Capabilities.TryGetValue(HttpUri, out var uri)
        ? new Uri(uri)
        : throw new NotSupportedException("The worker takes no HTTP requests: this host knows no other way.");

    /// <summary>An invocation took too long: the worker ends, with all others that it has.</summary>
    public async Task GiveUpAsync()
    {
        GivenUp = true;
        await EndAsync();
    }

    /// <summary>Asks it to end by itself, and kills it when it does not.</summary>
    public async Task EndAsync()
    {
        channel.Terminate(grace);
        if (await Task.WhenAny(process.Exited, Task.Delay(grace)) != process.Exited)
            process.Kill();
    }
}
