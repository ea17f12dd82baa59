using Microsoft.AspNetCore.Routing;
using Microsoft.CodeAnalysis.CSharp;

namespace FunctionsApp.Tests;

/// <summary>Both hosts have the same routes.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task Every_function_is_mapped_by_the_server_too_and_the_other_way_round()
    {
        await using var server = Server.Build();

        var mapped = Server.Endpoints(server).SelectMany(Mapped).Order(StringComparer.Ordinal);

        Assert.Equal(mapped, Functions(FunctionsAppCompilation.Current));
    }

    [Theory]
    [InlineData("\"put\", \"post\"", "\"put\"")]
    [InlineData("Route = SluiceRoutes.Blob", "Route = SluiceRoutes.Blob + \"/x\"")]
    [InlineData("[Function(\"ReadBlob\")]", "")]
    public async Task A_function_that_differs_from_its_route_is_noticed(string original, string mistake)
    {
        await using var server = Server.Build();

        var mapped = Server.Endpoints(server).SelectMany(Mapped).Order(StringComparer.Ordinal);

        Assert.NotEqual(mapped, Functions(FunctionsAppCompilation.With("BlobFunctions.cs", original, mistake)));
    }

    [Fact]
    public async Task An_endpoint_without_verbs_belongs_to_a_function_without_verbs()
    {
        await using var server = Server.Build();

        var open = Server.Endpoints(server).Where(endpoint => !Server.Verbs(endpoint).Any()).Select(Server.Pattern);

        Assert.Equal(
            open.Order(StringComparer.Ordinal),
            Function.All.Where(function => function.Verbs.IsEmpty).Select(Path).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Mapped(RouteEndpoint endpoint) =>
        Server.Verbs(endpoint).DefaultIfEmpty("*").Select(verb => $"{verb} {Server.Pattern(endpoint)}");

    private static IEnumerable<string> Functions(CSharpCompilation compilation) =>
        (from function in Function.Of(compilation)
         from verb in function.Verbs.DefaultIfEmpty("*")
         select $"{verb} {Path(function)}").Order(StringComparer.Ordinal);

    private static string Path(Function function) => $"{HostFiles.RoutePrefix}/{function.Route}";
}
