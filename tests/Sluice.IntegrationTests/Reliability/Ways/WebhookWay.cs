using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A webhook, whose sender delivers it again until it is told that it was taken.</summary>
/// <param name="isLong">Whether it is longer than what is peeked at.</param>
internal sealed class WebhookWay(bool isLong) : Way
{
    public override string Name => isLong ? "webhook, long" : "webhook";

    public override IReadOnlyList<string> Prefixes => ["hook/"];

    public override async Task RunAsync(Run run)
    {
        var body = run.Bytes(isLong ? run.Random.Next(20_000, 200_000) : run.Random.Next(1, 8_000));

        var reply = await run.UntilAnsweredAsync(() => DeliverAsync(run, body));
        run.Check(reply.Status is 200 or 201, $"{reply.Said} of a genuine delivery");
        await run.SettledAsync();
        await AssertStoredAsync(run, body);

        reply = await run.UntilAnsweredAsync(() => DeliverAsync(run, body));
        run.Check(reply.Status == 200, $"{reply.Said} of a delivery that is known");
        await run.SettledAsync();
        await AssertStoredAsync(run, body);
    }

    private async Task AssertStoredAsync(Run run, byte[] body)
    {
        var names = await run.NamesAsync(Prefixes[0]);
        run.Check(names is [_], $"it is stored {names.Count} times: {string.Join(", ", names)}");
        run.Check((await run.VisibleAsync(names[0]))!.AsSpan().SequenceEqual(body), "something else is stored");
    }

    private static Task<Reply> DeliverAsync(Run run, byte[] body) =>
        run.SendAsync(HttpMethod.Post, "/api/hooks/hook", new ByteArrayContent(body), HookServer.Headers(run.Token, body));
}
