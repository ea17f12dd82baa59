using Sluice.FunctionsHost.Logs;

namespace Sluice.FunctionsHost;

/// <summary>What a <see cref="StandInHost"/> is started with.</summary>
public sealed record StandInHostSettings
{
    /// <summary>The published function app.</summary>
    public required string WorkerFolder { get; init; }

    /// <summary>
    /// The app settings: environment variables of the host and of the worker; colons become double underscores.
    /// The host itself reads <c>FUNCTIONS_REQUEST_BODY_SIZE_LIMIT</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> AppSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>The function key that opens every function. The default is a new one.</summary>
    public string Key { get; init; } = $"{Guid.NewGuid():N}";

    /// <summary>Whether functions are called without a key. The default is false.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Where it listens, on 127.0.0.1. The default is a free port.</summary>
    public int Port { get; init; }

    /// <summary>How long a request may make no progress while it is forwarded. The host's own value is 240 s.</summary>
    public TimeSpan ForwardTimeout { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>
    /// How long the worker may take to answer a request with <c>Expect: 100-continue</c>, before the host asks the client for the body by
    /// itself. The host's own value is 1 s.
    /// </summary>
    public TimeSpan ContinueTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an invocation may take. The default is what host.json says.</summary>
    public TimeSpan? FunctionTimeout { get; init; }

    /// <summary>
    /// How long the worker may take to load its functions. The default is 3 minutes: it takes two seconds, on a busy machine more.
    /// </summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The pause after a worker that crashed while it started. The default is 5 s, as the host's.</summary>
    public TimeSpan RestartInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a worker that is asked to end may take, before it is killed. The default is 5 s, as the host's.</summary>
    public TimeSpan StopGracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For how long a received message is hidden, unless that is renewed; it is, while its function runs. In whole seconds. The default is
    /// 30 s, after which a message of a host that was killed is seen again; the host's own value is 10 minutes.
    /// </summary>
    public TimeSpan QueueVisibility { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told each line that the host keeps.</summary>
    public Action<WorkerLog>? Say { get; init; }
}
