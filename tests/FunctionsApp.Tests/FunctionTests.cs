using Microsoft.AspNetCore.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sluice.AspNetCore;

namespace FunctionsApp.Tests;

/// <summary>Every function is one line that calls the endpoint which the server calls too.</summary>
public sealed class FunctionTests
{
    [Fact]
    public void There_are_functions() => Assert.NotEmpty(Function.All);

    [Fact]
    public void Every_function_only_calls_an_endpoint()
    {
        foreach (var function in Function.All)
        {
            var called = function.Called();
            Assert.True(called is not null, $"{function.Name} is more than one call.");
            Assert.Equal("Sluice.AspNetCore", called.ContainingNamespace.ToDisplayString());
            Assert.EndsWith("Endpoint", called.ContainingType.Name, StringComparison.Ordinal);
        }
    }

    // A function that returns nothing logs NoHttpResponseReturned, and an endpoint that wrote the response itself would bypass IResult.
    [Fact]
    public void Every_function_returns_a_task_of_a_result() =>
        Assert.All(Function.All, function => Assert.Equal(
            "System.Threading.Tasks.Task<Microsoft.AspNetCore.Http.IResult>", function.Method.ReturnType.ToDisplayString()));

    // The host reads a body that declares its length whole, before it calls the worker and after it checked the key, whatever the verb. A
    // function that asks for no key lets anybody fill the host's memory, with a GET too.
    // HttpTriggerAttributeBindingProvider.IsRequestPayloadReadable, in https://github.com/Azure/azure-webjobs-sdk-extensions
    [Fact]
    public void No_function_is_anonymous() =>
        Assert.All(Function.All, function => Assert.True(
            function.Authorization == "Function",
            $"{function.Name} is {function.Authorization}: the host buffers its bodies before anything of ours can refuse them."));

    // The server reads no body of theirs, so there a probe needs no key.
    [Fact]
    public async Task The_server_asks_for_no_key_for_health_and_for_what_browsers_ask_first_and_nothing_else()
    {
        await using var server = Server.Build();

        var open = Server.Endpoints(server).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Server.Pattern);

        Assert.Equal(
            ((string[])[SluiceRoutes.Files, SluiceRoutes.File, SluiceRoutes.Live, SluiceRoutes.Ready]).Select(static route => $"{SluiceRoutes.Prefix}/{route}"),
            open.Order(StringComparer.Ordinal));
    }

    // The host compares names without case; a function key belongs to a name.
    [Fact]
    public void Every_function_has_a_name_of_its_own() =>
        Assert.Equal(Function.All.Count, Function.All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    // The worker's source generator leaves other methods out without a word.
    [Fact]
    public void Every_function_is_public() =>
        Assert.All(Function.All, function => Assert.True(
            function.Method.DeclaredAccessibility == Accessibility.Public
            && function.Method.ContainingType.DeclaredAccessibility == Accessibility.Public, function.Name));

    [Fact]
    public void The_program_sets_up_the_web_worker_and_Sluice_keeps_URLs_out_of_the_log_then_runs() =>
        Assert.Equal(
            ["CreateBuilder", "ConfigureFunctionsWebApplication", "AddSluice", "UseFunctionsWorkerDefaults", "AddSluiceTelemetry", "AddFilter", "Build", "Run"],
            Calls(FunctionsAppCompilation.Current));

    [Fact]
    public void A_program_that_forgets_a_registration_is_noticed() =>
        Assert.DoesNotContain(
            "ConfigureFunctionsWebApplication",
            Calls(FunctionsAppCompilation.With("Program.cs", "builder.ConfigureFunctionsWebApplication();", "")));

    private static IEnumerable<string> Calls(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Program.cs");
        var model = compilation.GetSemanticModel(tree);
        return from call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
               orderby call.Span.End
               select model.GetSymbolInfo(call).Symbol?.Name;
    }
}
