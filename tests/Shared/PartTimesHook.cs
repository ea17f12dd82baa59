using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Extensions;

namespace Sluice.Testing;

/// <summary>Adds <see cref="PartTimes"/> to a test program: tests/Directory.Build.targets names this type.</summary>
internal static class PartTimesHook
{
    public static void AddExtensions(ITestApplicationBuilder builder, string[] _)
    {
        var times = new CompositeExtensionFactory<PartTimes>(static services => new PartTimes(services));
        builder.TestHost.AddDataConsumer(times);
        builder.TestHost.AddTestSessionLifetimeHandler(times);
    }
}
