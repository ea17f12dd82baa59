namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// Sluice in a process of its own, so that its memory is only its own, and killing it is what killing is: as Sluice.Server, or as the
/// worker of Azure Functions behind a stand-in for the host (<see cref="TestedHost"/>).
/// </summary>
internal abstract class ServerProcess : IAsyncDisposable
{
    /// <summary>Where it listens; the first address if there are several.</summary>
    public Uri Address => Addresses[0];

    /// <summary>Everywhere it listens, in the order in which it said so. The stand-in listens at one address, for HTTP/1.1.</summary>
    public IReadOnlyList<Uri> Addresses { get; protected set; } = [];

    /// <summary>The process that is Sluice, whatever listens.</summary>
    public int ProcessId { get; protected set; }

    /// <summary>A copy of the lines that it logged so far.</summary>
    public abstract IReadOnlyList<string> Output { get; }

    /// <summary>All that is known of what it did, for a person who reads why a test failed.</summary>
    public virtual string Log => string.Join('\n', Output);

    /// <summary>Whether it has ended.</summary>
    public abstract bool HasExited { get; }

    /// <summary>What it logged as an error, each with the lines that follow it.</summary>
    public abstract IReadOnlyList<string> Errors { get; }

    /// <summary>Starts it and waits until it can be asked.</summary>
    /// <exception cref="InvalidOperationException">It ended, or can't be asked in time; the message has its output.</exception>
    public static Task<ServerProcess> StartAsync(ServerSettings settings, CancellationToken cancellationToken) =>
        TestedHost.IsFunctions && settings.Dll == PublishedServer.Dll
            ? FunctionsProcess.StartAsync(settings, cancellationToken)
            : KestrelProcess.StartAsync(settings, cancellationToken);

    /// <summary>Asks it to end, as an orchestrator does (SIGTERM), and waits. Windows has no such signal: there it is killed.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        if (OperatingSystem.IsWindows())
            Kill();
        else if (!HasExited)
            Terminate();
        return ExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM), and does not wait.</summary>
    public abstract void Terminate();

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public abstract Task<int> ExitAsync();

    /// <summary>Ends it at once, as a crash does, and waits until it is gone.</summary>
    public abstract void Kill();

    public abstract ValueTask DisposeAsync();
}
