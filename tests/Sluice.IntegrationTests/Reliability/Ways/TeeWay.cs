using System.Security.Cryptography;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>One body into a blob and to a service.</summary>
internal sealed class TeeWay(TeeCommit commit) : Way
{
    public override string Name => $"tee, {commit}";

    public override IReadOnlyList<string> Prefixes => [$"{commit}/"];

    public override async Task RunAsync(Run run)
    {
        var name = $"{commit}/{run.Token}";
        var body = run.Bytes(run.Random.Next(1, 400_000));
        var digest = Convert.ToHexString(SHA256.HashData(body));

        var reply = await run.SendAsync(HttpMethod.Put, $"/api/ingest/{name}", run.Content(body));

        await run.SettledAsync();
        var visible = await run.VisibleAsync(name);
        run.Check(reply.Status is 0 or 200 or 201 or 409 or 412 or >= 500 || reply.BlamesClient, $"{reply.Said} of a body that is right");
        run.Check(visible is null || visible.AsSpan().SequenceEqual(body), "something else is visible");
        run.Check(run.World.Received(run.Token).All(received => received == digest), "the service was told of a whole body that is another");
        run.Check(reply.IsWhole || (visible is null && run.World.Received(run.Token).Count == 0), "a body that was not whole was taken for whole");
        if (reply.IsSuccess)
        {
            run.Check(visible is not null || commit == TeeCommit.DownstreamFirst, $"{reply.Status}, and no blob");
            run.Check(run.World.Received(run.Token).Count > 0, $"{reply.Status}, and the service has nothing");
        }

        if (reply.Status is 409 or 412)
            run.Check(visible is null, $"{reply.Said}, and a blob");
        if (commit == TeeCommit.BlobFirst && !reply.IsSuccess && reply.Status != 0)
            run.Check(visible is not null || run.World.Received(run.Token).Count == 0, "no blob, and the service has it");
    }
}
