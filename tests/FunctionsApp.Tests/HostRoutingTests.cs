using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Sluice.AspNetCore.Routes;
using Sluice.FunctionsHost.Http;

namespace FunctionsApp.Tests;

/// <summary>
/// The Functions host has a router of its own, and it is not endpoint routing: it sorts the functions by name and takes the first
/// whose template and verb match, however specific another one is. So a function's name can hide another function.
/// FunctionMetadataManager.LoadFunctionMetadata and WebScriptHostHttpRoutesManager in https://github.com/Azure/azure-functions-host,
/// WebJobsRouteBuilder in https://github.com/Azure/azure-webjobs-sdk-extensions
/// </summary>
public sealed class HostRoutingTests
{
    private static readonly string[] _verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    [Fact]
    public async Task The_host_picks_the_function_that_the_server_picks()
    {
        await using var server = Server.Build();
        server.UseRouting();
        var requests = Server.Endpoints(server).SelectMany(Paths).Distinct().ToList();
        server.Run(_ => Task.CompletedTask);
        var pipeline = ((IApplicationBuilder)server).Build();
        var host = HostRouter(server.Services, Function.All);

        foreach (var path in requests)
        {
            foreach (var verb in _verbs)
            {
                Assert.Equal($"{verb} {path}: {await PickedByServer(pipeline, server, verb, path)}",
                    $"{verb} {path}: {await PickedByHost(host, server, verb, path)}");
            }
        }
    }

    // Neither the routes' own paths nor anything that somebody thought of: pieces of all routes, in any order, as often as it comes. None
    // is empty: the host's router answers "a//b" with its own 404, where the server's endpoints refuse it.
    [Fact]
    public async Task The_host_picks_the_function_that_the_server_picks_whatever_is_asked_for()
    {
        await using var server = Server.Build();
        server.UseRouting();
        string[] pieces =
        [
            .. Server.Endpoints(server).SelectMany(Paths).SelectMany(path => path.Split('/')).Distinct().Where(piece => piece.Length > 0),
            "x", ".", "..", "API", "Blobs", "a b", "%2F", "a%2Fb", "~", "\u00E9", "one.txt"
        ];
        server.Run(_ => Task.CompletedTask);
        var pipeline = ((IApplicationBuilder)server).Build();
        var host = HostRouter(server.Services, Function.All);
        var random = new Random(20261127);

        for (var i = 0; i < 5_000; i++)
        {
            var path =
                $"/{(random.Next(10) > 0 ? "api/" : "")}{string.Join('/', Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]))}";
            var verb = _verbs[random.Next(_verbs.Length)];
            Assert.Equal(
                $"{verb} {path}: {await PickedByServer(pipeline, server, verb, path)}",
                $"{verb} {path}: {await PickedByHost(host, server, verb, path)}");
        }
    }

    // Also after functions that somebody adds to the app.
    [Fact]
    public void What_takes_everything_comes_last() =>
        Assert.All(
            Function.Routes.Select(static function => function.Name).Append("ZipUpload"),
            static name => Assert.True(string.Compare(name, Function.Unmatched.Name, StringComparison.OrdinalIgnoreCase) < 0, name));

    [Fact]
    public async Task A_name_that_hides_a_more_specific_route_is_noticed()
    {
        await using var server = Server.Build();
        var function = Function.All[0];
        var host = HostRouter(server.Services,
        [
            function with { Name = "Special", Verbs = ["POST"], Route = "blobs/{container}" },
            function with { Name = "General", Verbs = ["POST"], Route = "blobs/{container}/{**name}" },
        ]);

        Assert.Equal("api/blobs/{container}/{**name}", await PickedByHost(host, server, "POST", "/api/blobs/uploads"));
    }

    private static FunctionRoutes HostRouter(IServiceProvider services, IEnumerable<Function> functions) => new(
        services, HostFiles.RoutePrefix, functions.Select(static function => new HttpFunction(
            "", function.Name, function.Route, function.Verbs, function.Authorization, "")));

    private static async Task<string> PickedByHost(FunctionRoutes host, WebApplication server, string verb, string path) =>
        await host.MatchAsync(Request(server, verb, path)) is ({ Route: not SluiceRoutes.Unmatched } function, _)
            ? $"{HostFiles.RoutePrefix}/{function.Route}"
            : "nothing";

    private static async Task<string> PickedByServer(RequestDelegate pipeline, WebApplication server, string verb, string path)
    {
        var context = Request(server, verb, path);
        await pipeline(context);
        return context.GetEndpoint() is RouteEndpoint endpoint ? Server.Pattern(endpoint) : "nothing";
    }

    private static DefaultHttpContext Request(WebApplication server, string verb, string path) => new()
    {
        RequestServices = server.Services,
        Request = { Method = verb, Path = path },
    };

    /// <summary>Paths that a route takes: with one and with several segments in its catch-all, and with none.</summary>
    private static IEnumerable<string> Paths(RouteEndpoint endpoint) =>
        from rest in new[] { "one", "one/two/three.txt", "" }
        select ("/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => Text(segment, rest)))).TrimEnd('/');

    private static string Text(RoutePatternPathSegment segment, string rest) => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { IsCatchAll: true } => rest,
        _ => "some",
    }));
}
