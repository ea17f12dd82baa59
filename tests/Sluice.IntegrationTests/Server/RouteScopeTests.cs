using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Routes;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Server;

/// <summary>Every route says which scope opens it, or that it needs no key; and docs/operations.md has the same table.</summary>
public sealed class RouteScopeTests
{
    [Fact]
    public async Task Every_route_has_a_scope_or_needs_no_key()
    {
        foreach (var endpoint in await EndpointsAsync())
        {
            var isAnonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            Assert.True(isAnonymous == endpoint.Metadata.GetMetadata<RequiredScope>() is null, endpoint.DisplayName);
        }
    }

    [Fact]
    public async Task The_page_has_the_scope_of_every_operation()
    {
        var operations =
            from endpoint in await EndpointsAsync()
            from verb in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            let scope = endpoint.Metadata.GetMetadata<RequiredScope>()?.ToString()
            group $"{verb} /{endpoint.RoutePattern.RawText!.Trim('/')}" by scope ?? "none";
        var rows = Repository.Read("docs/operations.md").Split('\n')
            .SkipWhile(static line => !line.StartsWith("| scope |", StringComparison.Ordinal))
            .TakeWhile(static line => line.StartsWith('|'))
            .Skip(2)
            .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(
                static cells => cells[0].Trim('`'), static cells => cells[1].Split(", ").Select(static operation => operation.Trim('`')));

        Assert.Equal(
            operations.OrderBy(static scope => scope.Key).Select(static scope => $"{scope.Key}: {string.Join(", ", scope.Order())}"),
            rows.OrderBy(static row => row.Key).Select(static row => $"{row.Key}: {string.Join(", ", row.Value.Order())}"));
    }

    private static async Task<IReadOnlyList<RouteEndpoint>> EndpointsAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Services.AddSluice(builder.Configuration);
        await using var app = builder.Build();
        app.MapSluice();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).Cast<RouteEndpoint>()];
    }
}
