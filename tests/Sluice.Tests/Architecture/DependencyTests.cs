using Sluice.Uploads;

namespace Sluice.Tests.Architecture;

public sealed class DependencyTests
{
    [Fact]
    public void The_engine_knows_neither_asp_net_core_nor_azure_functions() => Assert.DoesNotContain(
        typeof(UploadPipeline).Assembly.GetReferencedAssemblies(),
        static assembly => assembly.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || assembly.Name.StartsWith("Microsoft.Azure.", StringComparison.Ordinal));
}
