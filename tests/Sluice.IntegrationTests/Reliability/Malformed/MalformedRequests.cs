namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>
/// Makes requests that break HTTP: a request that is right, to any route, in which one thing, or two, is wrong. A second request is hidden
/// in its body, or behind what is wrong; a server that reads further than it may carries it out.
/// </summary>
internal sealed class MalformedRequests(string container)
{
    /// <summary>What the names of hidden requests begin with.</summary>
    public const string Hidden = "smuggled";

    /// <summary>Makes one.</summary>
    public MalformedRequest Next(int number, Random random)
    {
        var draft = new RequestDraft(random, container, number);
        var what = Spoil(draft, random);
        if (random.Next(3) == 0)
            what = $"{what}, {Spoil(draft, random)}";
        return new MalformedRequest($"{draft.Method} {draft.Route}: {what}", draft.Name, draft.ToString(), draft.Body);
    }

    private static string Spoil(RequestDraft draft, Random random) => random.Next(6) switch
    {
        0 => RequestLineFaults.Spoil(draft, random),
        1 => HeaderFaults.Spoil(draft, random),
        2 or 3 => LengthFaults.Spoil(draft, random),
        4 => ChunkFaults.Spoil(draft, random),
        _ => RefusalFaults.Spoil(draft, random),
    };
}
