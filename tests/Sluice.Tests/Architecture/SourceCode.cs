using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sluice.Tests.Architecture;

/// <summary>
/// The source of both libraries, as the compiler understands it: constants and names count as uses, which compiled code no longer shows.
/// </summary>
internal sealed class SourceCode
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly Lazy<SourceCode> _ofThisRepository =
        new(static () => new SourceCode(Files("Sluice").Concat(Files("Sluice.AspNetCore"))));

    private readonly CSharpCompilation _compilation;

    /// <param name="files">Path and text of each file.</param>
    public SourceCode(IEnumerable<(string Path, string Text)> files)
    {
        const string Implicit =
            "System System.Collections.Generic System.IO System.Linq System.Net.Http System.Threading System.Threading.Tasks";
        var usings = string.Concat(Implicit.Split(' ').Select(static name => $"global using {name};\n"));
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Sluice", StringComparison.Ordinal));
        _compilation = CSharpCompilation.Create(
            "Sources",
            files.Append(("usings", usings)).Select(static file => CSharpSyntaxTree.ParseText(file.Item2, path: file.Item1)),
            libraries.Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>What is in this repository.</summary>
    public static SourceCode OfThisRepository => _ofThisRepository.Value;

    /// <summary>The uses of one namespace by another, each with a place where it happens; in some files, if they are named.</summary>
    public IReadOnlyList<Use> Uses(Func<string, bool>? isWanted = null) =>
    [
        .. _compilation.SyntaxTrees.AsParallel()
            .Where(tree => isWanted?.Invoke(tree.FilePath) ?? true)
            .SelectMany(Uses)
            .DistinctBy(static use => (use.From, use.To))
            .OrderBy(static use => use.From)
            .ThenBy(static use => use.To),
    ];

    /// <summary>The files of a project in <c>src</c>.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string project)
    {
        var folder = Path.Combine(Root, "src", project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(static path => (path, File.ReadAllText(Path.Combine(Root, path))));
    }

    /// <summary>The text of a file of this repository.</summary>
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private IEnumerable<Use> Uses(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        var names = tree.GetRoot().DescendantNodes(static node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>();
        foreach (var name in names)
        {
            var symbol = model.GetSymbolInfo(name).Symbol;
            var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
            var enclosing = model.GetEnclosingSymbol(name.SpanStart);
            var from = enclosing as INamespaceSymbol ?? enclosing?.ContainingNamespace;
            if (type is not null && from is not null && type.Locations.Any(static location => location.IsInSource))
            {
                var to = type.OriginalDefinition.ContainingNamespace;
                if (!SymbolEqualityComparer.Default.Equals(to, from)
                    && from.ToDisplayString().StartsWith("Sluice", StringComparison.Ordinal))
                {
                    yield return new Use(from.ToDisplayString(), to.ToDisplayString(), $"{tree.FilePath} uses {type.Name}");
                }
            }
        }
    }

    private static string FindRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}

/// <summary>A namespace uses another.</summary>
/// <param name="From">Who uses it.</param>
/// <param name="To">What is used.</param>
/// <param name="Place">Where, for instance.</param>
internal sealed record Use(string From, string To, string Place);
