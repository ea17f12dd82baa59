namespace Sluice.DevelopmentStorage;

/// <summary>How to install and start one Azurite.</summary>
internal sealed record AzuriteOptions
{
    /// <summary>
    /// The TCP port of the blob service on 127.0.0.1. The default is 0: any free port, chosen while binding, so that no two processes
    /// collide.
    /// </summary>
    public int BlobPort { get; init; }

    /// <summary>The TCP port of the queue service on 127.0.0.1. The default is 0, as for blobs.</summary>
    public int QueuePort { get; init; }

    /// <summary>The folder of the blobs and the queues. The default is null: a new folder that is deleted at the end.</summary>
    /// <remarks>
    /// Always on disk. Azurite's in-memory store would hold every uploaded byte, on the machine whose memory is measured.
    /// </remarks>
    public string? DataFolder { get; init; }

    /// <summary>Accounts beside the well-known one: names, and keys in base64. The default is none.</summary>
    public IReadOnlyDictionary<string, string> MoreAccounts { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder of the installations. The default is one per user, shared by every checkout.</summary>
    public string? InstallFolder { get; init; }

    /// <summary>The Node.js program. The default is <c>node</c>, found on the PATH.</summary>
    public string Node { get; init; } = "node";

    /// <summary>
    /// The npm program, used for the installation. The default is the one on the PATH; on Windows that is a command file.
    /// </summary>
    public string Npm { get; init; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>The time limit until Azurite responds. The default is 60 s: a start takes one second, on a busy machine ten.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives a line when there is something to wait for, namely the first installation. The default ignores it.</summary>
    public Action<string> Say { get; init; } = static _ => { };

    /// <summary>The clock of every wait.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
