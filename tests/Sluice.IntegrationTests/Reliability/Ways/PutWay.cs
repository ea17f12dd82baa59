using System.Security.Cryptography;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A body that is stored under a name where there may be another one.</summary>
/// <param name="name">What it is called.</param>
/// <param name="least">The shortest body.</param>
/// <param name="most">The longest.</param>
/// <param name="condition">What is said of the blob that is there:
/// nothing, or <c>If-Match</c> or <c>If-None-Match</c>, which may hold or not.</param>
/// <param name="route">The route, with the container and a slash, or that of the rules.</param>
/// <param name="passes">Whether the blocks are larger than the memory.</param>
internal sealed class PutWay(string name, int least, int most, string? condition = null, string? route = null, bool passes = false) : Way
{
    public override string Name => name;

    public override async Task RunAsync(Run run)
    {
        var blob = $"{run.Token}/put";
        var before = run.Random.Next(2) == 0 ? await run.SeedAsync(blob) : null;
        var body = run.Bytes(run.Random.Next(least, most + 1));
        var (headers, holds) = await ConditionAsync(run, blob, before);
        if (run.Random.Next(3) == 0)
            headers.Add(("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:"));

        var reply = await PutAsync(run, blob, body, [.. headers]);

        await run.SettledAsync();
        var visible = await run.VisibleAsync(blob);
        run.Check(
            reply.Status switch
            {
                201 or 0 or >= 500 => true,
                412 => condition is not null && (!holds || run.MayLie),
                409 => run.MayConflict,
                _ => reply.BlamesClient,
            },
            $"{reply.Said}, and no client did that");
        switch (reply.Status)
        {
            case 201:
                run.Check(holds, "stored though the condition does not hold");
                run.Check(Run.Same(visible, body), "201, and something else is visible");
                run.Check(
                    reply.Header("Repr-Digest") is not { } digest || digest == $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:",
                    "201, and the digest of something else");
                break;
            case 0 or >= 500:
                run.Check(
                    Run.Same(visible, before) || (holds && reply.IsWhole && Run.Same(visible, body)),
                    "neither the old content nor the whole new one is visible");
                break;
            default:
                run.Check(Run.Same(visible, before), $"{reply.Status}, and the old content is gone");
                break;
        }

        run.Check(await run.NamesAsync() is [] or [_], "there are others than the one name");

        // Whatever happened, the next one finds nothing in its way.
        var next = run.Bytes(run.Random.Next(least, most + 1));
        run.Check((await run.UntilAnsweredAsync(() => PutAsync(run, blob, next))).Status == 201, "the next one is not stored");
        await run.SettledAsync();
        visible = await run.VisibleAsync(blob);

        // What a client sent whole before it left may be stored after that.
        var late = reply is { IsFaulted: true, IsWhole: true, Status: 0 } && Run.Same(visible, body);
        run.Check(late || Run.Same(visible, next), "201, and something else than the next one is visible");
    }

    private Task<Reply> PutAsync(Run run, string blob, byte[] body, params (string, string)[] headers)
    {
        var path = route is null ? run.PathOf(blob) : $"{route}{blob}";

        // Blocks are planned by the length.
        return passes
            ? run.SendAsync(HttpMethod.Put, new Uri(run.World.PassingAddress!, path).ToString(), new ByteArrayContent(body), headers)
            : run.SendAsync(HttpMethod.Put, path, run.Content(body), headers);
    }

    private async Task<(List<(string, string)> Headers, bool Holds)> ConditionAsync(Run run, string blob, byte[]? before)
    {
        switch (condition)
        {
            case "If-None-Match":
                return ([(condition, "*")], before is null);
            case "If-Match" when before is not null && run.Random.Next(3) > 0:
                var properties = await run.World.Container.GetBlobClient(blob).GetPropertiesAsync(cancellationToken: run.Ending);
                return ([(condition, $"{properties.Value.ETag:H}")], true);
            case "If-Match":
                return ([(condition, "\"0x8D0000000000000\"")], false);
            default:
                return ([], true);
        }
    }
}
