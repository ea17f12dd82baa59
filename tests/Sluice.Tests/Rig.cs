using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Memory;
using Sluice.Resumable;
using Sluice.Rights;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Memory;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;
using Sluice.Uploads;

namespace Sluice.Tests;

/// <summary>The whole engine over a scripted storage, with blocks of 64 KiB, 1 MiB of memory and a clock that stands still.</summary>
internal sealed class Rig
{
    public const int BlockBytes = BlockPool.SegmentBytes;

    public static readonly BlobTarget Target = new("inbox", "reports/2026.bin");

    public BlobOptions Blob { get; } = new()
    {
        // Azurite's account, as an account like any other: no container of it is made.
        ConnectionString = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
            + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;",
        BlockBytes = BlockBytes,
        MaxRetries = 0,
        Containers = { "inbox" },
    };

    public BodyOptions Body { get; } = new();

    public MemoryOptions Memory { get; } = new() { BudgetBytes = 1 << 20 };

    public PeekOptions Peek { get; } = new() { WindowBytes = 512 };

    public DigestOptions Digests { get; } = new();

    public ResumableOptions Resumable { get; } = new();

    public FakeTimeProvider Time { get; init; } = new();

    public Shutdown Shutdown { get; } = new();

    public ScriptedStorage Storage { get; init; } = new();

    /// <summary>The client's connection: cancelled when it goes away.</summary>
    public CancellationTokenSource Client { get; } = new();

    public BlockPool Pool => field ??= new BlockPool(Memory.BudgetBytes, Time, Metrics);

    public Meters Meters { get; } = new();

    public SluiceMetrics Metrics => field ??= new SluiceMetrics(Meters);

    public Admission Admission => field ??= new Admission(
        new BlobReader(Clients), Pool, Options.Create(Blob), Options.Create(Body), Options.Create(Memory), Options.Create(Digests),
        Rights, new Quotas(Clients, Options.Create(Blob), Time, NullLogger<Quotas>.Instance));

    /// <summary>The rights; none, unless a test has some.</summary>
    public RightsTable Rights { get; set; } = RightsTable.Compile([], new(), [], []);

    public BlobUploads Sinks => field ??= new BlobUploads(
        Clients, Pool, Options.Create(Blob), Options.Create(Memory), Time, Announcer);

    public BodyWatches Watches => field ??= new BodyWatches(Options.Create(Body), Shutdown, Time);

    public UploadPipeline UploadPipeline => field ??= new UploadPipeline(
        Admission,
        Options.Create(Peek),
        Sinks,
        new UploadTransfer(Shutdown),
        Watches,
        new UploadFrames<UploadPipeline>(Metrics, Time, Logger, Listener));

    public ResumableUploads Uploads
    {
        get
        {
            if (field is null)
            {
                var reader = new BlobReader(Clients);
                var store = new ChainStore(Clients, reader, Announcer);
                var appends = new ActiveAppends(Time);
                var opener = new UploadOpener(store, appends, Time);
                var completion = new UploadCompletion(store, Time);
                var appender = new Appender(Admission, Sinks, appends, Options.Create(Resumable), Time);
                var parts = new PartStore(Clients, store, opener, completion, Time, NullLogger<ResumableUploads>.Instance);
                field = new ResumableUploads(
                    store,
                    opener,
                    appender,
                    new MisplacedAppends(store, opener, completion),
                    completion,
                    new Concatenation(store, opener, completion, appender, parts),
                    new UploadFrames<ResumableUploads>(Metrics, Time, NullLogger<ResumableUploads>.Instance, Listener));
            }

            return field;
        }
    }

    /// <summary>Who hears of uploads that are not stored; nobody, unless a test wants to know.</summary>
    public IUploadListener? Listener { get; init; }

    /// <summary>Who is told of commits; nobody, unless a test wants to know.</summary>
    public ICommitAnnouncer? Announcer { get; init; }

    /// <summary>Where the intake logs; nowhere, unless a test looks at it.</summary>
    public ILogger<UploadPipeline> Logger { get; init; } = NullLogger<UploadPipeline>.Instance;

    /// <summary>The rules; none, unless a test has some.</summary>
    public RouteTable Routes { get; set; } = RouteTable.Compile([], [], [], []);

    public BlobClients Clients =>
        field ??= new BlobClients(
            Options.Create(Blob), static _ => throw new InvalidOperationException("No sign-in here."), Metrics, Time,
            new HttpClientTransport(new HttpClient(Storage)));

    /// <summary>The most memory that was in use whenever a body was read or a request arrived.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>What is visible under the target.</summary>
    public byte[] Stored => Storage.Blobs[Target.ToString()].Content;

    /// <summary>One upload that is stored.</summary>
    public async Task<Result<Receipt>> StoreAsync(Upload upload) =>
        (await UploadPipeline.TakeAsync(upload, Client.Token)).TryGet(out var delivery, out var failure) ? delivery.Receipt! : failure;

    /// <summary>A sink for the target, with its first block if it needs one.</summary>
    public async Task<IBlobUpload> OpenAsync(long? length = null, WriteCondition? condition = null, BlobProperties? properties = null)
    {
        Storage.OnRequest = Measure;
        var plan = Admission.PlanFor(length);
        var upload = new Upload { Body = new ScriptedBody().Incoming, Destination = new(Target), Length = length };
        Assert.Null(await Admission.CheckAndWaitAsync(upload, upload.Destination, plan, Client.Token));
        var write = new BlobWrite(Guid.NewGuid(), Target, properties ?? new(), condition ?? WriteCondition.None, length);
        return Sinks.Open(write, plan, Sender());
    }

    /// <summary>Memory of somebody who does not give it back by request.</summary>
    public Block Take(long bytes) => Pool.Take(bytes);

    /// <summary>Somebody who sends a body.</summary>
    public BodySender Sender(string caller = "somebody", bool isVouchedFor = true) =>
        new(caller, isVouchedFor, new IdleTimer(Body.IdleTimeout, Time, Client));

    /// <summary>The body as the intake guards it.</summary>
    public GuardedBody Guard(ScriptedBody body, long? length = null)
    {
        body.OnRead = Measure;
        var idle = new IdleTimer(Body.IdleTimeout, Time, Client);
        return new GuardedBody(
            body.Incoming, idle, length, Admission.MaxBytes(Admission.PlanFor(length)), new BodyDigests([DigestAlgorithm.Sha256], []));
    }

    /// <summary>One upload from opening to dispose. Whatever becomes of it, its memory must be back in the pool then.</summary>
    public async Task<Result<Committed>> UploadAsync(
        ScriptedBody body, long? length = null, WriteCondition? condition = null, BlobProperties? properties = null)
    {
        var result = await CoreAsync().Soon();
        Assert.Equal(0, Pool.InUseBytes);
        return result;

        async Task<Result<Committed>> CoreAsync()
        {
            await using var sink = await OpenAsync(length, condition, properties);
            using var guarded = Guard(body, length);
            return await sink.TransferAsync(guarded, Client.Token) is { } failure
                ? failure
                : await sink.CommitAsync(guarded.Digests.Values());
        }
    }

    private void Measure() => PeakBytes = Math.Max(PeakBytes, Pool.InUseBytes);
}
