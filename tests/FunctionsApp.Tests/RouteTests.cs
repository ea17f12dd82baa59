using Microsoft.AspNetCore.Routing;

namespace FunctionsApp.Tests;

/// <summary>Both hosts have the same routes.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task Every_function_is_mapped_by_the_server_too_and_the_other_way_round()
    {
        await using var server = Server.Build();

        var mapped = Server.Endpoints(server).SelectMany(Mapped).Order(StringComparer.Ordinal);

        Assert.Equal(mapped, Functions(Function.Routes));
    }

    [Fact]
    public async Task A_function_that_differs_from_its_route_is_noticed()
    {
        await using var server = Server.Build();
        var store = Function.Routes.Single(static function => function.Name == "StoreBlob");
        var others = Function.Routes.Where(static function => function.Name != "StoreBlob").ToList();

        var mapped = Server.Endpoints(server).SelectMany(Mapped).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(mapped, Functions([.. others, store]));
        Assert.NotEqual(mapped, Functions(others));
        Assert.NotEqual(mapped, Functions([.. others, store with { Verbs = ["PUT"] }]));
        Assert.NotEqual(mapped, Functions([.. others, store with { Route = store.Route + "/x" }]));
    }

    private static IEnumerable<string> Mapped(RouteEndpoint endpoint) =>
        Server.Verbs(endpoint).DefaultIfEmpty("*").Select(verb => $"{verb} {Server.Pattern(endpoint)}");

    private static IEnumerable<string> Functions(IEnumerable<Function> functions) =>
        (from function in functions
         from verb in function.Verbs.DefaultIfEmpty("*")
         select $"{verb} {HostFiles.RoutePrefix}/{function.Route}").Order(StringComparer.Ordinal);
}
