using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Sluice.AspNetCore;

namespace FunctionsApp.Tests;

/// <summary>The routes of Sluice.Server: what MapSluice maps, without a socket.</summary>
internal static class Server
{
    public static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(HostFiles.Settings());
        builder.Services.AddSluice(builder.Configuration);
        return builder.Build();
    }

    public static IReadOnlyList<RouteEndpoint> Endpoints(WebApplication server)
    {
        server.MapSluice();
        return [.. ((IEndpointRouteBuilder)server).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()];
    }

    public static IEnumerable<string> Verbs(Endpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Order(StringComparer.Ordinal);

    public static string Pattern(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Trim('/');
}
