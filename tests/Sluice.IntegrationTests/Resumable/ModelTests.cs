using Sluice.IntegrationTests.Concurrency;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// Two hundred uploads with seeds, each a random sequence of what clients do, right and wrong, against a real storage: an offset that was
/// told never goes back, no acknowledged byte ever changes, and what becomes visible, if anything does,
/// is all of the acknowledged bytes and nothing else.
/// </summary>
[Collection(ConcurrencyTests.Name)]
public sealed class ModelTests(AzuriteFixture azurite)
{
    private const int Runs = 200;
    private const int AtOnce = 4;
    private const int InstancesOfEach = 3;

    [Fact]
    public async Task Whatever_clients_do_what_they_were_told_stays_true()
    {
        var container = await azurite.NewContainerAsync();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async part =>
        {
            var instances = Enumerable.Range(0, InstancesOfEach)
                .Select(_ => new Instance(azurite.ConnectionString, container.Name))
                .ToArray();
            for (var seed = part; seed < Runs; seed += AtOnce)
            {
                await ModelRun.RunAsync(seed, instances, container);
            }

            foreach (var instance in instances)
            {
                await instance.DisposeAsync();
            }
        }));
    }
}
