using Sluice.IntegrationTests.Concurrency;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A client that holds a connection, or as much memory as it can get, for a while, and goes away without a word.</summary>
internal sealed class HostileWay : Way
{
    public override string Name => "hostile";

    public override async Task RunAsync(Run run)
    {
        var stranger = Enum.GetValues<Stranger>()[run.Random.Next(Enum.GetValues<Stranger>().Length)];
        using (var client = await stranger.ComeAsync(run.World.Address, run.PathOf($"{run.Token}/hostile"), "/api/hooks/hook", run.Ending))
        {
            await Task.Delay(run.Random.Next(10, 3_000), run.Ending);
            client.Reset();
        }

        run.Check(await run.NamesAsync() is [], "a body that was never whole is visible");
    }
}
