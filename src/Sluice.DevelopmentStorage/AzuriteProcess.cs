using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Sluice.DevelopmentStorage;

/// <summary>
/// A running Azurite with its blob and queue services. It stops when this object is disposed of, and whenever this process ends, for
/// whatever reason.
/// </summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Listens = "Azurite listens on ";

    // services.js allows itself 5 s.
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(7);

    private readonly Process _process;
    private readonly AzuriteOptions _options;
    private readonly OutputTail _output = new();
    private readonly TaskCompletionSource<string[]> _addresses = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    private AzuriteProcess(AzuriteOptions options, string install)
    {
        _options = options;
        DataFolder = options.DataFolder ?? TemporaryFolder.Create();
        _process = new Process { StartInfo = AzuriteCommand.Create(options, install, DataFolder) };
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => _output.Add(e.Data);
    }

    /// <summary>The blob service of the development account.</summary>
    public Uri BlobEndpoint { get; private set; } = null!;

    /// <summary>The queue service of the development account.</summary>
    public Uri QueueEndpoint { get; private set; } = null!;

    /// <summary>The connection string for a client of blobs or queues: endpoints, account and key.</summary>
    public string ConnectionString => AzuriteAccount.ConnectionString(BlobEndpoint, QueueEndpoint);

    /// <summary>The same for one of <see cref="AzuriteOptions.MoreAccounts"/>.</summary>
    public string ConnectionStringOf(string account) =>
        AzuriteAccount.ConnectionStringOf(account, _options.MoreAccounts[account], BlobEndpoint, QueueEndpoint);

    /// <summary>The folder of its blobs and queues.</summary>
    public string DataFolder { get; }

    /// <summary>The process identifier.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Installs Azurite if necessary, starts it, and waits until it responds.</summary>
    /// <exception cref="DevelopmentStorageException">It cannot be installed or started; the message says why and what to do.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var install = await new AzuriteInstall(options).EnsureAsync(cancellationToken);
        var azurite = new AzuriteProcess(options, install);
        try
        {
            await azurite.StartAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes its standard input, so that it saves and exits; kills it if it does not. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        if (ProcessId != 0)
            await EndAsync();
        _process.Dispose();
        if (_options.DataFolder is null)
            TemporaryFolder.Delete(DataFolder);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        CommandRun.Start(_process);
        ProcessId = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var timeout = new CancellationTokenSource(_options.StartTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await await Task.WhenAny(_addresses.Task, _process.WaitForExitAsync(either.Token));
            if (!_addresses.Task.IsCompletedSuccessfully)
                throw Ended();
            var addresses = await _addresses.Task;
            (BlobEndpoint, QueueEndpoint) = (AzuriteAccount.Endpoint(addresses[0]), AzuriteAccount.Endpoint(addresses[1]));
            await Task.WhenAll(AnswerAsync(BlobEndpoint, either.Token), AnswerAsync(QueueEndpoint, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw DevelopmentStorageException.NotStarted($"did not answer within {_options.StartTimeout:c}", _output.Lines);
        }
    }

    // Any response will do: without a signature it is a 403, from a service that reads requests.
    private async Task AnswerAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            var list = new Uri($"{endpoint}?comp=list");
            using var response = await client.GetAsync(list, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            throw DevelopmentStorageException.NotStarted("listens, but does not answer", _output.Lines, e);
        }
    }

    private DevelopmentStorageException Ended() =>
        _output.Lines.Select(static line => PortInUse().Match(line)).FirstOrDefault(static match => match.Success) is { } match
            ? DevelopmentStorageException.InUse(int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture))
            : DevelopmentStorageException.NotStarted($"ended with {_process.ExitCode} as it started", _output.Lines);

    private void Read(string? line)
    {
        _output.Add(line);
        if (line is not null && line.StartsWith(Listens, StringComparison.Ordinal))
            _addresses.TrySetResult(line[Listens.Length..].Trim().Split(' '));
    }

    private async Task EndAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var timeout = new CancellationTokenSource(_stopTimeout, _options.TimeProvider);
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (Exception)
        {
            CommandRun.Kill(_process);
        }
    }

    // "listen EADDRINUSE: address already in use 127.0.0.1:10000"
    [GeneratedRegex(@"\bEADDRINUSE\b.*:(?<port>\d+)$")]
    private static partial Regex PortInUse();
}
