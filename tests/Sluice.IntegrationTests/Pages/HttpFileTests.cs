using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.OpenApi;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/sluice.http has requests for each route, and each is answered as it says.</summary>
public sealed class HttpFileTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task There_is_a_request_for_each_verb_of_each_route()
    {
        var mapped = await MappedRoutes.AllAsync();
        var written = HttpFile.Requests.Select(request => Assert.Single(
            mapped, route => route.Verb == request.Verb && Takes(route.Route, request)));

        Assert.Equal(mapped.Order(), written.Distinct().Order());
    }

    [Fact]
    public async Task Every_request_is_answered_as_it_says()
    {
        await using var server = await PageServer.StartAsync(azurite, ["uploads"], HttpFile.Settings);

        var (answered, locations) = (new List<string>(), new Dictionary<string, string>());
        foreach (var request in HttpFile.Requests)
        {
            using var answer = await server.SendAsync(
                request.Verb, request.Of is { } of ? locations[of] : request.PathAndQuery, request.Body, request.Headers);
            locations[request.Name ?? ""] = $"{answer.Headers.Location}";
            answered.Add(string.Create(CultureInfo.InvariantCulture, $"{request.Title}: {(int)answer.StatusCode}"));
        }

        Assert.Equal(
            HttpFile.Requests.Select(static request => string.Create(CultureInfo.InvariantCulture, $"{request.Title}: {request.Status}")),
            answered);
    }

    // What has a Location that is no blob's is a resumable upload.
    private static bool Takes(string route, HttpFileRequest request)
    {
        var pathAndQuery = request.Of is null ? request.PathAndQuery : "/api/files/x";
        var template = Regex.Replace(Regex.Replace(Regex.Escape(route), @"\\\{\\\*\\\*\w+}", ".+"), @"\\\{\w+}", "[^/]+");
        return Regex.IsMatch(pathAndQuery.Split('?')[0], $"^{template}$");
    }
}
