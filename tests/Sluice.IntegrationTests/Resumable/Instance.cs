using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// An instance of the engine as a process has it, with a clock of its own. It has nothing in common with others but the storage account.
/// </summary>
internal sealed class Instance : IAsyncDisposable
{
    public const int BlockBytes = 64 * 1024;

    private readonly ServiceProvider _services;
    private readonly HttpClient _http;

    public Instance(string connectionString, string container)
    {
        // No proxy: one that is set for the internet would be asked for 127.0.0.1 too.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null })
        {
            Timeout = Timeout.InfiniteTimeSpan
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(Clock);
        services.Configure<BlobOptions>(options =>
        {
            options.ConnectionString = connectionString;
            options.Containers.Add(container);
            options.BlockBytes = BlockBytes;
            options.MaxRetries = 0;
        });
        services.Configure<BodyOptions>(static options => options.IdleTimeout = TimeSpan.FromMinutes(1));
        services.Configure<MemoryOptions>(static options => options.BudgetBytes = 16 << 20);
        services.AddSingleton(provider => new BlobClients(
            provider.GetRequiredService<IOptions<BlobOptions>>(),
            static _ => throw new InvalidOperationException("No sign-in here."),
            provider.GetRequiredService<SluiceMetrics>(),
            Clock,
            new HttpClientTransport(_http)));
        services.AddSluiceEngine();
        _services = services.BuildServiceProvider();
        Uploads = _services.GetRequiredService<ResumableUploads>();
    }

    public OffsetClock Clock { get; } = new();

    private ResumableUploads Uploads { get; }

    public Task<Result<UploadStatus>> CreateAsync(UploadTicket ticket) =>
        RunAsync(watch => Uploads.CreateAsync(ticket, null, watch), default);

    public Task<Result<UploadStatus>> AppendAsync(UploadTicket ticket, Append append, CancellationToken client = default) =>
        RunAsync(watch => Uploads.AppendAsync(ticket, append, watch), client);

    public Task<Result<UploadStatus>> FindAsync(UploadTicket ticket) => RunAsync(watch => Uploads.FindAsync(ticket, watch), default);

    public Task<Result<UploadStatus>> CancelAsync(UploadTicket ticket) => RunAsync(watch => Uploads.CancelAsync(ticket, watch), default);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _http.Dispose();
    }

    private async Task<Result<UploadStatus>> RunAsync(Func<BodyWatch, ValueTask<Result<UploadStatus>>> run, CancellationToken client)
    {
        using var watch = _services.GetRequiredService<BodyWatches>().Begin(client);
        return await run(watch);
    }
}
