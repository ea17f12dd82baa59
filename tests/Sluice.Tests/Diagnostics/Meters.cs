using System.Diagnostics.Metrics;

namespace Sluice.Tests.Diagnostics;

/// <summary>Meters of a test's own, told apart from those of other tests by their scope.</summary>
internal sealed class Meters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(new MeterOptions(options.Name) { Version = options.Version, Scope = this });

    public void Dispose()
    {
    }
}
