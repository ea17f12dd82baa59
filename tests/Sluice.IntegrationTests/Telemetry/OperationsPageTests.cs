using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Diagnostics;
using Sluice.IntegrationTests.Hosting;
using Sluice.Memory;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>docs/operations.md names the instruments: neither more nor less than there are.</summary>
public sealed class OperationsPageTests
{
    [Fact]
    public void Every_instrument_has_one_row_with_its_unit()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        _ = new BlockPool(1 << 20, TimeProvider.System, new SluiceMetrics(factory));
        var instruments = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                // A listener hears the meters of the whole process: those of other tests have another scope.
                if (instrument.Meter.Name == "Sluice" && instrument.Meter.Scope == factory)
                    instruments.Add($"`{instrument.Name}` | {instrument.Unit}");
            },
        };
        listener.Start();
        Assert.Equal(instruments.Order(), Rows("| instrument").Select(static cells => $"{cells[0]} | {cells[1]}").Order());
    }

    // The cells of the table whose heading begins like that.
    private static IEnumerable<string[]> Rows(string heading) => Repository.Read("docs/operations.md").Split('\n')
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
        .TakeWhile(static line => line.StartsWith('|'))
        .Skip(2)
        .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));
}
