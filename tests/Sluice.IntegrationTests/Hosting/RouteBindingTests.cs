using System.Text;
using Microsoft.Extensions.Configuration;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Routing.Evidence;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Hosting;

public sealed class RouteBindingTests
{
    private const string Settings = """
        {
          "Sluice": {
            "Routes": [
              {
                "Name": "events",
                "When": {
                  "Methods": [ "POST" ],
                  "Path": "events/**",
                  "Headers": { "X-Event": "push*" },
                  "Query": { "v": "*" },
                  "DeclaredType": [ "application/json" ],
                  "SniffedType": [ "application/json" ],
                  "MinLength": 2,
                  "MaxLength": 1000,
                  "Magic": [ { "Offset": 0, "Hex": "7B" } ],
                  "Json": [ { "Pointer": "/type", "Values": [ "order" ] }, { "Pointer": "/test", "Seen": false } ]
                },
                "Store": { "Container": "inbox", "Name": "{json:/type}/{id}.json" },
                "Relay": { "Target": "erp", "Path": "v1/{json:/type}" },
                "Commit": "BlobFirst",
                "MediaTypes": { "Allow": [ "application/json" ], "Refuse": [ "text/html" ], "RefuseContradiction": true }
              },
              { "Name": "rest", "Refuse": { "Status": 410, "Detail": "Gone." } }
            ]
          }
        }
        """;

    [Fact]
    public void Rules_are_bound_from_a_list()
    {
        var problems = new List<string>();
        var table = RouteTable.Compile(Bind(Settings), ["inbox"], ["erp"], problems);
        Assert.Empty(problems);

        var body = "{\"type\":\"order\"}"u8.ToArray();
        var request = new RouteRequest(
            "POST", "events/1", "application/json", body.Length, Guid.Empty, default, static _ => "pushed", static _ => "1");
        Assert.True(table.Decide(request, new(body), complete: true).TryGet(out var decision, out _));
        Assert.Equal(
            new RouteDecision("events", new("inbox", $"order/{Guid.Empty:N}.json"), new("erp", "v1/order"), TeeCommit.BlobFirst),
            decision);
        Assert.Equal(
            ["method", "length", "path", "header:X-Event", "query:v", "declaredType", "magic:0", "sniffedType", "json:/type", "json:/test"],
            table.Explain(request, new(body), complete: true)[0].Conditions.Select(static condition => condition.Condition));

        var refusal = table.Decide(request with { Method = "PUT" }, new(body), complete: true).Failure;
        Assert.Equal((FailureKind.RouteRefused, 410, "Gone."), (refusal?.Kind, refusal?.Status, refusal?.Detail));
    }

    [Fact]
    public void What_is_empty_or_null_is_a_problem_and_no_bug()
    {
        var problems = new List<string>();
        RouteTable.Compile(
            Bind("""
                { "Sluice": { "Routes": [
                  null,
                  { "Name": null, "When": null, "Store": { "Container": null, "Name": null } },
                  { "Name": "a", "When": { "Methods": [ null ], "Magic": [ {} ], "Json": [ null ], "Headers": { "X": null } }, "Relay": {} },
                  { "Name": "b", "When": { "DeclaredType": [ null ], "Path": "" }, "Store": {}, "Relay": null, "MediaTypes": { "Allow": [ "" ] } }
                ] } }
                """),
            ["inbox"],
            ["erp"],
            problems);
        Assert.All(
            [
                "Routes:0:Name is", "Routes:0 does", "Routes:1:Name is", "Routes:1:Store:Container", "Routes:1:Store:Name",
                "Routes:2:When:Headers:X", "Routes:3:When:Path", "Routes:3:MediaTypes:Allow:0",
            ],
            key => Assert.Contains(problems, problem => problem.StartsWith($"Sluice:{key} ", StringComparison.Ordinal)));
        Assert.All(problems, static problem => Assert.Matches("^Sluice:Routes:[0-9][^ ]* .*\\.$", problem));
    }

    private static List<RouteOptions> Bind(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection(RouteOptions.Section).Get<List<RouteOptions>>() ?? [];
    }
}
