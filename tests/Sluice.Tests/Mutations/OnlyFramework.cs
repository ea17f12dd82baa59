using System.Reflection;
using Sluice.Tests.Mutations;
using Xunit.v3;

[assembly: TestFramework(typeof(OnlyFramework))]

namespace Sluice.Tests.Mutations;

/// <summary>
/// Knows only some of the tests: the namespaces and types below <c>Sluice.Tests</c> that <c>SLUICE_TESTS</c> names, separated by commas,
/// without those that have a minus before them; all of them where that variable is not set. All tests are looked for again for each
/// mutant, so fewer of them are many times as fast.
/// </summary>
public sealed class OnlyFramework : XunitTestFramework
{
    private static readonly ILookup<bool, string>? _parts = Environment.GetEnvironmentVariable("SLUICE_TESTS") is { Length: > 0 } parts
        ? parts.Split(',').ToLookup(static part => part[0] != '-', static part => $"Sluice.Tests.{part.TrimStart('-')}")
        : null;

    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly) =>
        new Discoverer(new XunitTestAssembly(assembly, configFilePath: null, assemblyName: null));

    private sealed class Discoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
    {
        protected override Type[] GetExportedTypes() =>
            _parts is null ? base.GetExportedTypes() : [.. base.GetExportedTypes().Where(IsWanted)];

        private static bool IsWanted(Type type) =>
            _parts![true].Any(part => IsIn(type, part)) && !_parts[false].Any(part => IsIn(type, part));

        private static bool IsIn(Type type, string part) =>
            type.FullName == part || type.FullName!.StartsWith($"{part}.", StringComparison.Ordinal);
    }
}
