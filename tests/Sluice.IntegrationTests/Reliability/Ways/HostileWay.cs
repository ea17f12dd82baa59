using System.Net.Sockets;
using Sluice.IntegrationTests.Concurrency;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A client that holds a connection, or as much memory as it can get, for a while, and goes away without a word.</summary>
internal sealed class HostileWay : Way
{
    private const int TrickleMilliseconds = 500;

    public override string Name => "hostile";

    public override async Task RunAsync(Run run)
    {
        var stranger = Enum.GetValues<Stranger>()[run.Random.Next(Enum.GetValues<Stranger>().Length)];
        using (var client = await stranger.ComeAsync(run.World.Address, run.PathOf($"{run.Token}/hostile"), "/api/hooks/hook", run.Ending))
        {
            for (var left = run.Random.Next(10, 3_000); left > 0; left -= TrickleMilliseconds)
            {
                await Task.Delay(Math.Min(left, TrickleMilliseconds), run.Ending);
                if (stranger == Stranger.Trickling && !await TryTrickleAsync(client, run))
                    break;
            }

            client.Reset();
        }

        run.Check(await run.NamesAsync() is [], "a body that was never whole is visible");
    }

    // False when the server has closed the connection, or was killed.
    private static async Task<bool> TryTrickleAsync(RawClient client, Run run)
    {
        try
        {
            await client.SendChunkAsync(new byte[1], run.Ending);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
