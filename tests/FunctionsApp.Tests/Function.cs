using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FunctionsApp.Tests;

/// <summary>One function, as the compiler understands it: constants are evaluated, names are bound.</summary>
internal sealed record Function(string Name, IMethodSymbol Method, string Authorization, ImmutableArray<string> Verbs, string Route)
{
    private const string Worker = "Microsoft.Azure.Functions.Worker.";

    /// <summary>Every function of src/FunctionsApp.</summary>
    public static IReadOnlyList<Function> All { get; } = [.. Of(FunctionsAppCompilation.Current)];

    public static IEnumerable<Function> Of(CSharpCompilation compilation) =>
        from tree in compilation.SyntaxTrees
        let model = compilation.GetSemanticModel(tree)
        from declaration in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        let method = model.GetDeclaredSymbol(declaration)
        let function = Attribute(method, "FunctionAttribute")
        where function is not null
        let trigger = method.Parameters.Select(parameter => Attribute(parameter, "HttpTriggerAttribute")).Single(a => a is not null)
        select From((string)function.ConstructorArguments[0].Value!, method, trigger);

    /// <summary>The method that the function's only expression calls, or null if it is anything else than that.</summary>
    public IMethodSymbol? Called()
    {
        var declaration = (MethodDeclarationSyntax)Method.DeclaringSyntaxReferences.Single().GetSyntax();
        var model = FunctionsAppCompilation.Current.GetSemanticModel(declaration.SyntaxTree);
        return declaration.ExpressionBody?.Expression is InvocationExpressionSyntax call
            ? (IMethodSymbol?)model.GetSymbolInfo(call).Symbol
            : null;
    }

    private static Function From(string name, IMethodSymbol method, AttributeData trigger) => new(
        name,
        method,
        Authorization: Level(trigger.ConstructorArguments[0]),
        Verbs: [.. from verb in trigger.ConstructorArguments[1].Values select ((string)verb.Value!).ToUpperInvariant()],
        Route: (string)trigger.NamedArguments.Single(argument => argument.Key == "Route").Value.Value!);

    private static string Level(TypedConstant level) =>
        level.Type!.GetMembers().OfType<IFieldSymbol>().Single(field => Equals(field.ConstantValue, level.Value)).Name;

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().SingleOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == Worker + name);
}
