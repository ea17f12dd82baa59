using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.OpenApi;

namespace Sluice.IntegrationTests.Pages;

/// <summary>The table of docs/routes.md.</summary>
public sealed class RoutesPageTests
{
    [Fact]
    public async Task Every_route_has_a_row_and_every_row_is_a_route()
    {
        var mapped = (await MappedRoutes.AllAsync())
            .Select(static mapped => (mapped.Verb, Route: mapped.Route.Replace("{**", "{", StringComparison.Ordinal)))
            .ToList();
        var rows =
            from row in Regex.Matches(
                Repository.Read("docs/routes.md"), @"^\| (?<verbs>[A-Z, ]+|any) \| `(?<route>/api/[^`]+)` \|", RegexOptions.Multiline)
            let route = row.Groups["route"].Value
            from verb in row.Groups["verbs"].Value is "any"
                ? mapped.Where(any => any.Route == route).Select(static any => any.Verb)
                : row.Groups["verbs"].Value.Split(", ")
            select (verb, route);

        Assert.Equal(mapped.Order(), rows.Order());
    }
}
