namespace Sluice.IntegrationTests.Hosting;

/// <summary>What a <see cref="ServerProcess"/> is started with.</summary>
internal sealed record ServerSettings
{
    /// <summary>Becomes <c>Sluice:Blob:ConnectionString</c>; null sets none.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Become <c>Sluice:Blob:Containers:0</c> and so on.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The environment. The default is Production, which is what is deployed.</summary>
    public string Environment { get; init; } = "Production";

    /// <summary>Sets <c>Sluice:Server:AllowAnonymous</c>: with neither that nor keys no server starts. The default is true.</summary>
    public bool AllowAnonymous { get; init; } = true;

    /// <summary>
    /// Whether its memory or its speed is measured: then it warms up, and its code is compiled as it ships. The default is false, which
    /// takes less processor time (<see cref="ServerEnvironment.QuickStart"/>).
    /// </summary>
    public bool IsMeasured { get; init; }

    /// <summary>
    /// Further settings, with colons as in appsettings.json; they win. With a <c>Kestrel:Endpoints:*</c> among them the
    /// server listens there; else on a free port of 127.0.0.1.
    /// </summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    /// <summary>The program. The default is the published server.</summary>
    public string Dll { get; init; } = PublishedServer.Dll;

    /// <summary>How long it may take to listen. The default is 3 minutes: a start takes a second, on a busy machine ten.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);
}
