namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>
/// An upload in several requests, by a client that asks how far it is whenever something went wrong, and goes on from there.
/// </summary>
/// <param name="http">Whether it is that of the IETF, and not tus.</param>
/// <param name="first">Whether the request that creates it brings bytes.</param>
/// <param name="checks">Whether the digests of the whole, and of each request, are declared.</param>
internal sealed class ResumableWay(bool http, bool first, bool checks) : Way
{
    private const int Most = 300_000;

    public override string Name => $"{(http ? "IETF" : "tus")}{(first ? ", created with bytes" : "")}{(checks ? ", digests" : "")}";

    public override async Task RunAsync(Run run)
    {
        var body = run.Bytes(run.Random.Next(10) == 0 ? 0 : run.Random.Next(1, Most));
        var upload = new UploadClient(run, http, checks, body);
        await upload.CreateAsync(first ? run.Random.Next(body.Length + 1) : 0);
        while (!upload.IsComplete)
            await upload.AppendAsync(run.Random.Next(1, Most / 2));

        await run.SettledAsync();
        await upload.FindAsync();
        run.Check(upload.IsComplete, "it was complete, and is not any more");
        var visible = await run.VisibleAsync(upload.Blob!);
        run.Check(visible is not null && visible.AsSpan().SequenceEqual(body), "it is complete, and its blob is another");

        // An upload whose creation was not answered was begun twice; only one of them can be seen,
        // unless its first request brought it whole.
        var names = await run.NamesAsync();
        run.Check(names is [_] || upload.IsDoubled, "there are others than the one blob");
        foreach (var name in names)
            run.Check((await run.VisibleAsync(name))!.AsSpan().SequenceEqual(body), "another blob can be seen, and it is not whole");
    }
}
