using System.Data.Common;
using System.Net;
using System.Net.Sockets;

namespace Sluice.DevelopmentStorage;

/// <summary>
/// Makes <c>UseDevelopmentStorage=true</c> work on a machine where Azurite is not running, so that trying the server takes one command.
/// </summary>
internal static class DevelopmentStorageService
{
    /// <summary>The blob port that <c>UseDevelopmentStorage=true</c> stands for.</summary>
    private const int BlobPort = 10000;

    /// <summary>Its queue port.</summary>
    private const int QueuePort = 10001;

    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Starts Azurite if the connection string asks for development storage and nothing listens on its blob port yet. Its blobs and queues
    /// stay in a per-user folder, for the next run.
    /// </summary>
    /// <returns>An object that stops Azurite; null if there was nothing to start.</returns>
    /// <exception cref="DevelopmentStorageException">Azurite was needed and can't be started.</exception>
    public static async Task<IAsyncDisposable?> StartIfNeededAsync(
        string? connectionString, Action<string> say, CancellationToken cancellationToken) =>
        IsDevelopmentStorage(connectionString)
            ? await StartUnlessListeningAsync(
                new AzuriteOptions
                {
                    BlobPort = BlobPort,
                    QueuePort = QueuePort,
                    DataFolder = PerUserFolder.Get("azurite-data"),
                    Say = say,
                },
                cancellationToken)
            : null;

    /// <summary>Starts Azurite unless something already listens on its blob port; of several concurrent attempts, one starts it.</summary>
    internal static async Task<IAsyncDisposable?> StartUnlessListeningAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        // Two processes that start in one folder would interfere with each other's files before they notice that the port is taken.
        using var turn = await TakeTurnAsync(options, cancellationToken);
        if (await IsListeningAsync(options.BlobPort, cancellationToken))
        {
            await SayWhatListensAsync(options, cancellationToken);
            return null;
        }
        try
        {
            var azurite = await AzuriteProcess.StartAsync(options, cancellationToken);
            options.Say($"Started Azurite at {azurite.BlobEndpoint}. Its data is in {azurite.DataFolder}.");
            return azurite;
        }
        catch (DevelopmentStorageException e) when (e.PortIsInUse)
        {
            // A second server, started at the same time, was faster. Otherwise the port is taken on another address.
            if (!await IsListeningAsync(options.BlobPort, cancellationToken))
                throw;
            await SayWhatListensAsync(options, cancellationToken);
            return null;
        }
    }

    private static async Task SayWhatListensAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        options.Say($"Using the development storage that listens on port {options.BlobPort}.");
        // Perhaps it is azurite-blob. Storing works, so this is not an error.
        if (!await IsListeningAsync(options.QueuePort, cancellationToken))
            options.Say($"It has no queues: nothing listens on port {options.QueuePort}.");
    }

    private static async Task<IDisposable?> TakeTurnAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        if (options.DataFolder is null)
            return null;
        Directory.CreateDirectory(options.DataFolder);
        return await FolderLock.TakeAsync(
            Path.Combine(options.DataFolder, "start.lock"), static () => { }, options.TimeProvider, cancellationToken);
    }

    /// <summary>True for <c>UseDevelopmentStorage=true</c> in any case and spacing, and for nothing more specific.</summary>
    /// <remarks>With a <c>DevelopmentStorageProxyUri</c> it is on another machine, and not ours to start.</remarks>
    internal static bool IsDevelopmentStorage(string? connectionString)
    {
        try
        {
            var settings = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return settings.Count == 1
                && settings.TryGetValue("UseDevelopmentStorage", out var value)
                && string.Equals(value.ToString(), "true", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false; // the blob client reports a malformed string better
        }
    }

    /// <summary>True when a port of this machine accepts connections.</summary>
    internal static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_connectTimeout);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), timeout.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
