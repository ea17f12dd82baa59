using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Sluice.AspNetCore;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>What MapSluice maps, without a socket.</summary>
internal static class MappedRoutes
{
    /// <summary>Each verb with each route: PUT, <c>/api/blobs/{container}/{**name}</c>.</summary>
    public static async Task<IReadOnlyList<(string Verb, string Route)>> AllAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Sluice:Blob:ConnectionString", "UseDevelopmentStorage=true"), new("Sluice:Blob:Containers:0", "some")
        ]);
        builder.Services.AddSluice(builder.Configuration);
        await using var app = builder.Build();
        app.MapSluice();
        return
        [
            .. from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).Cast<RouteEndpoint>()
               from verb in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
               select (verb, "/" + endpoint.RoutePattern.RawText!.Trim('/')),
        ];
    }
}
