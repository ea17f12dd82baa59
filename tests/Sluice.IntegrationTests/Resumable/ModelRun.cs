using Azure.Storage.Blobs;
using Sluice.Failures;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>One upload, and what its client, or several that believe to be, do to it one after the other and at once.</summary>
internal sealed class ModelRun : UploadSteps
{
    private readonly BlobContainerClient _container;

    private ModelRun(int seed, Instance[] instances, BlobContainerClient container) : base(seed, instances, container.Name) =>
        _container = container;

    /// <summary>Runs it. What fails says by which steps.</summary>
    public static async Task RunAsync(int seed, Instance[] instances, BlobContainerClient container)
    {
        var run = new ModelRun(seed, instances, container);
        try
        {
            await run.RunAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\n{run.Story}", e);
        }
    }

    private async Task RunAsync()
    {
        Model.Tell((await Any().CreateAsync(Ticket)).Value());
        for (var step = Random.Next(3, 9); step > 0; step--)
        {
            await StepAsync();
            await LookAsync();
        }

        if (!Model.IsComplete && !Model.IsCancelled && Random.Next(4) > 0)
        {
            await AppendAsync(Left, completes: true);
            Assert.True(Model.IsComplete);
            await LookAsync();
        }
    }

    private Task StepAsync() => Model.IsComplete || Model.IsCancelled ? AfterwardsAsync() : Random.Next(20) switch
    {
        < 5 => AppendAsync(Random.Next(Left + 1), completes: Random.Next(8) == 0),
        5 => CheckAsync(right: true),
        6 => CheckAsync(right: false),
        7 or 8 => CutAsync(Random.Next(2) == 0),
        9 => AgainAsync(),
        10 => ElsewhereAsync(),
        11 => MisdeclareAsync(),
        12 or 13 or 14 => StaleAsync(),
        15 or 16 => BothAsync(),
        17 => ExpireAsync(),
        18 when Random.Next(3) == 0 => CancelAsync(),
        _ => FindAsync(),
    };

    // A writer whose client has long gone on elsewhere, and which then sends something else.
    private async Task StaleAsync()
    {
        var bytes = Bytes(Math.Max(1, Left));
        var first = bytes[..Random.Next(bytes.Length)];
        var body = new PipedBody();
        var old = Any().AppendAsync(
            Ticket, Say($"append {bytes.Length}, and stop after {first.Length}", Of(bytes) with { Body = body.Incoming }));
        await body.SendAsync(first, old);
        switch (Random.Next(8))
        {
            case < 3:
                await FindAsync(first);
                break;
            case < 6:
                await FindAsync(first);
                await AppendAsync(Random.Next(Left + 1), completes: false);
                break;
            case 6:
                var mine = Bytes(Random.Next(Left + 1));
                Hear(await Any().AppendAsync(Ticket, Say($"another one appends {mine.Length}", Of(mine))), mine, first);
                break;
            default:
                await CancelAsync();
                break;
        }

        Say("the stopped one goes on");
        await body.SendAsync(Bytes(bytes.Length - first.Length), old);
        body.End();
        Assert.Contains((await old).Failure?.Kind, (FailureKind?[])[FailureKind.UploadTakenOver, FailureKind.UploadGone]);
        if (!Model.IsCancelled)
        {
            var before = Model.Offset;
            await FindAsync();
            Assert.Equal(before, Model.Offset);
        }
    }

    private async Task BothAsync()
    {
        var (one, other) = (Bytes(Random.Next(1, Math.Max(2, Left))), Bytes(Random.Next(1, Math.Max(2, Left))));
        Say($"append {one.Length} and {other.Length} at once");
        var (first, second) = (Any().AppendAsync(Ticket, Of(one)), Any().AppendAsync(Ticket, Of(other)));
        var results = await Task.WhenAll(first, second);
        Assert.InRange(results.Count(static result => result.Failure is null), 0, 1);
        if (results[0].Failure is null)
        {
            Model.Tell(results[0].Value(), one);
        }
        else if (results[1].Failure is null)
        {
            Model.Tell(results[1].Value(), other);
        }

        var sent = results.Any(static result => result.Failure is null) ? Array.Empty<byte[]>() : [one, other];
        foreach (var result in results.Where(static result => result.Failure is not null))
        {
            Hear(result, sent);
        }

        await FindAsync(sent);
    }

    private async Task ExpireAsync()
    {
        var (instance, ahead) = (Any(), TimeSpan.FromDays(7));
        instance.Clock.Ahead += ahead;
        Say("6 days go by for one instance");
        Assert.Equal(FailureKind.UploadGone, (await instance.FindAsync(Ticket)).Failure?.Kind);
        Assert.Equal(FailureKind.UploadGone, (await instance.AppendAsync(Ticket, Of(Bytes(10)))).Failure?.Kind);
        Assert.Equal(FailureKind.UploadGone, (await instance.CancelAsync(Ticket)).Failure?.Kind);
        instance.Clock.Ahead -= ahead;
    }

    private async Task CancelAsync()
    {
        Say("give up");
        (await Any().CancelAsync(Ticket)).Value();
        Model.IsCancelled = true;
    }

    private async Task AfterwardsAsync()
    {
        var kind = Model.IsComplete ? FailureKind.UploadCompleted : FailureKind.UploadGone;
        Assert.Equal(kind, (await Any().AppendAsync(Ticket, Say("append afterwards", Of(Bytes(10))))).Failure?.Kind);
        Assert.Equal(kind, (await Any().CancelAsync(Ticket)).Failure?.Kind);
        await FindAsync();
    }

    private async Task LookAsync()
    {
        var listed = false;
        await foreach (var _ in _container.GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = Ticket.Target.Name }))
        {
            listed = true;
        }

        Model.See(listed ? (await _container.GetBlobClient(Ticket.Target.Name).DownloadContentAsync()).Value.Content.ToArray() : null);
    }
}
