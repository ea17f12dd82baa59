using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FunctionsApp.Tests;

/// <summary>
/// Compiles src/FunctionsApp as its project does, except that the worker's packages are replaced by the declarations in WorkerApi.cs.
/// Sluice and ASP.NET Core are the real assemblies.
/// </summary>
internal static class FunctionsAppCompilation
{
    // What <ImplicitUsings> gives a project of Microsoft.NET.Sdk; the worker's SDK adds none.
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    // Assembly version unification, which the .NET SDK switches off too.
    private static readonly Dictionary<string, ReportDiagnostic> _switchedOff = new()
    {
        ["CS1701"] = ReportDiagnostic.Suppress,
        ["CS1702"] = ReportDiagnostic.Suppress,
    };

    private static readonly ImmutableArray<MetadataReference> _platform =
    [
        .. from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
           select MetadataReference.CreateFromFile(path),
    ];

    private static readonly CSharpCompilation _workerApi = CSharpCompilation.Create(
        "Microsoft.Azure.Functions.Worker", [Parse("WorkerApi.cs", Resources.Read("WorkerApi.cs"), DocumentationMode.Parse)], _platform,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The function app as it is.</summary>
    public static CSharpCompilation Current { get; } = Create(Resources.Sources);

    /// <summary>The function app with one file changed.</summary>
    public static CSharpCompilation With(string file, string original, string replacement)
    {
        var source = Resources.Sources[file];
        Assert.Contains(original, source, StringComparison.Ordinal);
        return Create(new Dictionary<string, string>(Resources.Sources)
        {
            [file] = source.Replace(original, replacement, StringComparison.Ordinal),
        });
    }

    /// <summary>All that the compiler has to say: errors, warnings, and what only editors show, such as a useless using.</summary>
    public static IEnumerable<string> Complaints(CSharpCompilation compilation) =>
        from diagnostic in _workerApi.GetDiagnostics().Where(api => api.Severity == DiagnosticSeverity.Error)
            .Concat(compilation.GetDiagnostics())
        where diagnostic.Location.SourceTree?.FilePath != nameof(ImplicitUsings)
        select diagnostic.ToString();

    private static CSharpCompilation Create(IReadOnlyDictionary<string, string> sources) => CSharpCompilation.Create(
        "FunctionsApp",
        [
            Parse(nameof(ImplicitUsings), ImplicitUsings, DocumentationMode.Parse),
            .. sources.Select(source => Parse(source.Key, source.Value, DocumentationMode.Diagnose)),
        ],
        [.. _platform, _workerApi.ToMetadataReference()],
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, generalDiagnosticOption: ReportDiagnostic.Error,
            specificDiagnosticOptions: _switchedOff, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string path, string source, DocumentationMode documentation) =>
        CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp14, documentation), path);
}
