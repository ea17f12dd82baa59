using Sluice.Body;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Storage;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>Three parts that are whole by themselves, and the whole that they are to become.</summary>
internal sealed class ConcatenationWorld
{
    private const string PartsPrefix = "inbox/partial-uploads/";

    private readonly Instances _all = new();

    public ConcatenationWorld()
    {
        Rig = _all.New();
        Whole = _all.Ticket = _all.Ticket with { Role = UploadRole.Final };
        Bytes = [.. Contents.SelectMany(static part => part)];
    }

    /// <summary>What each part is.</summary>
    public static IReadOnlyList<byte[]> Contents { get; } =
    [
        Instances.Bytes(1, 150_000), Instances.Bytes(2, 1), Instances.Bytes(3, 70_000)
    ];

    public Rig Rig { get; }

    public ScriptedStorage Storage => _all.Storage;

    public UploadTicket Whole { get; set; }

    public List<UploadTicket> Parts { get; } = [];

    /// <summary><c>Upload-Concat</c> of the final request.</summary>
    public string Field { get; set; } = "final;/a /b /c";

    /// <summary>What the whole is to be.</summary>
    public byte[] Bytes { get; set; }

    public byte[]? Stored => _all.Stored;

    /// <summary>The parts that anybody could read now.</summary>
    public IReadOnlyList<string> Visible =>
        [.. Storage.Blobs.Keys.Where(static name => name.StartsWith(PartsPrefix, StringComparison.Ordinal))];

    /// <summary>All parts are there.</summary>
    /// <param name="deferred">Their lengths are declared with their last bytes, and not before.</param>
    public static async Task<ConcatenationWorld> NewAsync(bool deferred = false)
    {
        var world = new ConcatenationWorld();
        foreach (var content in Contents)
        {
            world.Parts.Add(await world.PartAsync(content, content.Length, deferred));
        }

        return world;
    }

    /// <summary>A part with those bytes.</summary>
    public async Task<UploadTicket> PartAsync(byte[] content, long length, bool deferred = false)
    {
        var id = Guid.NewGuid();
        var part = Whole with
        {
            Id = id,
            Role = UploadRole.Part,
            Target = new BlobTarget("inbox", $"partial-uploads/{id:N}"),
            Length = deferred ? null : length
        };
        (await RunAsync(Rig, watch => Rig.Uploads.CreateAsync(part, null, watch))).Value();
        Advance(TimeSpan.FromMilliseconds(1));
        (await RunAsync(Rig, watch => Rig.Uploads.AppendAsync(
            part, Instances.Append(0, content) with { UploadLength = deferred ? length : null }, watch))).Value();
        Advance(TimeSpan.FromMilliseconds(1));
        return part;
    }

    public Rig Another() => _all.New();

    public void Advance(TimeSpan by) => _all.Advance(by);

    public Gate Hold(Func<StorageRequest, bool> which) => _all.Hold(which);

    /// <summary>The final request. Whoever waits in it gets the time for that.</summary>
    public Task<Result<UploadStatus>> ConcatenateAsync(Rig? instance = null) => PumpAsync(StartAsync(instance));

    /// <summary>The final request, for a test that says itself when time goes by.</summary>
    public Task<Result<UploadStatus>> StartAsync(Rig? instance = null)
    {
        var rig = instance ?? Rig;
        return RunAsync(rig, watch => rig.Uploads.ConcatenateAsync(Whole, Parts, Field, watch));
    }

    /// <summary>The whole, as a later request finds it.</summary>
    public async Task<UploadStatus> FindAsync() => (await RunAsync(Rig, watch => Rig.Uploads.FindAsync(Whole, watch))).Value();

    /// <summary>Gives a request that waits the time for that: less than a commit has.</summary>
    public async Task<Result<UploadStatus>> PumpAsync(Task<Result<UploadStatus>> request)
    {
        for (var seconds = 0; seconds < 20 && !request.IsCompleted; seconds++)
        {
            Advance(TimeSpan.FromSeconds(1));
            for (var turn = 0; turn < 20 && !request.IsCompleted; turn++)
            {
                await Task.Yield();
            }
        }

        return await request.Soon();
    }

    /// <summary>Whatever happened before: sent again, the request makes the whole, and nothing of the parts is left to be seen.</summary>
    public async Task AssertRepeatableAsync(string after)
    {
        // A commit of which nobody knows whether it happened keeps others waiting (UploadCompletion).
        Advance(TimeSpan.FromSeconds(50));
        var again = await ConcatenateAsync(Another());
        Assert.True(again.Failure is null, $"{after}: the repeated request ended with {again.Failure}.");
        AssertWhole(again, after);
    }

    public void AssertWhole(Result<UploadStatus> result, string after)
    {
        var status = result.Value();
        Assert.True(status.IsComplete, after);
        Assert.Equal(Bytes.Length, status.Offset);
        Assert.True(Bytes.AsSpan().SequenceEqual(Stored), after);
        Assert.True(Visible.Count == 0, $"{after}: {Visible.Count} parts can still be read.");
    }

    private static async Task<Result<UploadStatus>> RunAsync(Rig rig, Func<BodyWatch, ValueTask<Result<UploadStatus>>> run)
    {
        using var watch = rig.Watches.Begin(rig.Client.Token);
        return await run(watch);
    }
}
