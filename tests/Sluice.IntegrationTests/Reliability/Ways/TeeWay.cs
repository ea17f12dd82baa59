using System.Security.Cryptography;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>One body into a blob and to a service.</summary>
internal sealed class TeeWay(TeeCommit commit) : Way
{
    public override string Name => $"tee, {commit}";

    public override IReadOnlyList<string> Prefixes => [$"{commit}/"];

    // Where the service decides, the answer is its own, even if there was no storage or no memory for the blob.
    private bool StoresAlways(Run run) =>
        commit != TeeCommit.DownstreamFirst || run.World is { StorageIsSound: true, IsShortOfMemory: false };

    public override async Task RunAsync(Run run)
    {
        var name = $"{commit}/{run.Token}";
        var before = run.Random.Next(2) == 0 ? await run.SeedAsync(name) : null;
        var body = run.Bytes(run.Random.Next(1, 400_000));
        var digest = Digest(body);

        var reply = await PutAsync(run, name, body);

        await run.SettledAsync();

        // In this order: under BlobFirst, what the service has is visible by then.
        var received = run.World.Received(run.Token);
        var visible = await run.VisibleAsync(name);
        var isNew = Run.Same(visible, body);
        run.Check(
            reply.Status is 0 or 200 or 201 or >= 500 || reply.BlamesClient || (reply.Status == 409 && run.MayConflict),
            $"{reply.Said} of a body that is right");
        run.Check(isNew || Run.Same(visible, before), "neither the old content nor the new one is visible");
        run.Check(received.All(one => one == digest), "the service was told of a whole body that is another");
        run.Check(reply.IsWhole || (!isNew && received.Count == 0), "a body that was not whole was taken for whole");
        if (reply.IsSuccess)
        {
            await AssertStoredAsync(run, name, body);
            run.Check(received.Count > 0, $"{reply.Status}, and the service has nothing");
        }

        if (reply.Status is >= 400 and < 500)
            run.Check(!isNew, $"{reply.Said}, and a blob");
        if (commit == TeeCommit.BlobFirst)
            run.Check(isNew || received.Count == 0, "no blob, and the service has it");

        // Whatever happened, the next one finds nothing in its way.
        var next = run.Bytes(run.Random.Next(1, 400_000));
        reply = await run.UntilAnsweredAsync(() => PutAsync(run, name, next));
        run.Check(reply.IsSuccess, $"{reply.Said} of the next one");
        await AssertStoredAsync(run, name, next);
        run.Check(run.World.Received(run.Token).Contains(Digest(next)), "the service has not got the next one");
    }

    // Where the service decides, nobody is kept waiting for storage: the blob follows the answer.
    private async Task AssertStoredAsync(Run run, string name, byte[] body)
    {
        if (!StoresAlways(run))
            return;
        var visible = await run.VisibleAsync(name);
        if (commit == TeeCommit.DownstreamFirst)
            await run.UntilAsync(
                async () => visible = await run.VisibleAsync(name), () => Run.Same(visible, body), "the blob does not follow the answer");
        run.Check(Run.Same(visible, body), "answered with success, and the blob is another");
    }

    private static Task<Reply> PutAsync(Run run, string name, byte[] body) =>
        run.SendAsync(HttpMethod.Put, $"/api/ingest/{name}", run.Content(body));

    private static string Digest(byte[] body) => Convert.ToHexString(SHA256.HashData(body));
}
