namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>An upload that is given up half-way.</summary>
/// <param name="http">Whether it is that of the IETF, and not tus.</param>
internal sealed class CancelWay(bool http) : Way
{
    private const int Bytes = 200_000;

    public override string Name => $"{(http ? "IETF" : "tus")}, cancelled";

    public override async Task RunAsync(Run run)
    {
        var upload = new UploadClient(run, http, checks: false, run.Bytes(Bytes));
        await upload.CreateAsync(0);
        await upload.AppendAsync(run.Random.Next(1, Bytes * 3 / 4));

        // Whoever is told that it is not there, though it was a moment ago, asks again.
        var lies = 0;
        var reply = await run.UntilAnsweredAsync(
            () => upload.SendAsync(HttpMethod.Delete, null), reply => run.MayLie && reply.Status is 404 or 410 && ++lies <= Run.MostLies);

        await run.SettledAsync();
        run.Check(reply.Status is 204 or 404 or 410, $"{reply.Said}, though it was not complete");
        await AssertGoneAsync(() => upload.SendAsync(HttpMethod.Head, null));
        await AssertGoneAsync(() => upload.AppendOnceAsync(Bytes));
        await AssertGoneAsync(() => upload.SendAsync(HttpMethod.Head, null));
        run.Check(await run.NamesAsync() is [], "what was given up can be seen");

        // The next one finds nothing in its way.
        upload = new UploadClient(run, http, checks: false, run.Bytes(1_000));
        await upload.CreateAsync(0);
        while (!upload.IsComplete)
            await upload.AppendAsync(Bytes);

        async Task AssertGoneAsync(Func<Task<Reply>> ask)
        {
            var gone = await run.UntilAnsweredAsync(ask);
            run.Check(gone.Status is 404 or 410, $"{gone.Said} of an upload that was given up");
        }
    }
}
