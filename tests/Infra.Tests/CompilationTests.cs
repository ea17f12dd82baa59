namespace Infra.Tests;

/// <summary>The compiler has nothing to say, and the formatter nothing to change.</summary>
public sealed class CompilationTests(CompiledInfra infra)
{
    [Fact]
    public void Every_file_compiles_without_a_single_diagnostic() => Assert.Empty(infra.Complaints);

    [Fact]
    public void What_the_linter_says_is_an_error() =>
        Assert.Contains(infra.ComplaintsOfAMistake, static said => said.Contains("Error use-description-params", StringComparison.Ordinal));

    [Fact]
    public void Every_file_is_as_the_formatter_writes_it()
    {
        Assert.NotEmpty(infra.Formatted);
        Assert.All(infra.Formatted, static file => Assert.Equal(Lines(Sources.All[file.Key]), Lines(file.Value)));
    }

    // A skipped test is easily overlooked: where the package is known to be served, its absence is a failure.
    [Fact]
    public void The_compiler_is_here_where_its_package_is_served() =>
        Assert.True(Compiler.IsHere || Compiler.Platform != "linux-x64", Compiler.WhyNot);

    [Fact]
    public void No_module_comes_from_a_registry() => Assert.All(
        Sources.Infra.Where(static name => name.EndsWith(".bicep", StringComparison.Ordinal)),
        static name => Assert.DoesNotMatch(@"'(br|ts)[:/]", Sources.All[name]));

    private static string Lines(string text) => text.ReplaceLineEndings("\n");
}
