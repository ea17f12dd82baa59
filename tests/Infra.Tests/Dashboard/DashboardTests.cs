using System.Text.RegularExpressions;

namespace Infra.Tests.Dashboard;

/// <summary>The workbook, the Grafana dashboard and docs/operations.md ask the same questions, and for what the code emits.</summary>
public sealed partial class DashboardTests(CompiledInfra infra)
{
    private static readonly JsonNode _grafana = JsonNode.Parse(Sources.All["infra/dashboard/grafana.json"])!;

    // The questions of the page: their titles, with the number, and the queries.
    private static readonly (string Title, string Query)[] _page =
    [
        .. from match in Question().Matches(Sources.All["operations.md"].ReplaceLineEndings("\n"))
           select (match.Groups[1].Value, match.Groups[2].Value),
    ];

    public static TheoryData<string> KustoFiles { get; } =
        [.. Sources.Infra.Where(static name => name.EndsWith(".kql", StringComparison.Ordinal))];

    public static TheoryData<string> Environments { get; } = [.. Sources.Environments];

    public static TheoryData<string> PromQueries { get; } = [.. Targets().Select(static target => (string)target["expr"]!)];

    [Fact]
    public void The_page_has_five_questions() =>
        Assert.Equal(["1.", "2.", "3.", "4.", "5."], _page.Select(static question => question.Title[..2]));

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_workbook_asks_what_the_page_asks(string environment)
    {
        var workbook = Resource.Of(infra.Snapshot(environment), "Microsoft.Insights/workbooks").Single();
        var notebook = JsonNode.Parse(Resource.Text(workbook, "properties.serializedData"))!;
        var asked = notebook["items"]!.AsArray().Where(static item => (int)item!["type"]! == 3).Select(static item => item!["content"]!);

        Assert.Equal(_page, asked.Select(static content => ((string)content["title"]!, (string)content["query"]!)));
        Assert.All(asked, static content => Assert.Equal("Period", (string)content["timeContextFromParameter"]!));
    }

    [Fact]
    public void Each_file_is_one_query() => Assert.Equal(
        _page.Select(static question => question.Query).Order(),
        KustoFiles.Select(static file => Sources.All[file.Data].ReplaceLineEndings("\n")).Order());

    [Theory]
    [MemberData(nameof(KustoFiles))]
    public void A_Kusto_query_asks_for_what_is_emitted(string file)
    {
        Assert.Empty(Queries.UnknownToKusto(Sources.All[file]));
        Assert.DoesNotContain("ago(", Sources.All[file], StringComparison.Ordinal); // the period is chosen in the portal
    }

    [Theory]
    [MemberData(nameof(PromQueries))]
    public void A_PromQL_query_asks_for_what_is_emitted(string query) => Assert.Empty(Queries.UnknownToPrometheus(query));

    [Theory]
    [InlineData("""AppMetrics | where Name == "sluice.failure" """, "sluice.failure")]
    [InlineData("""AppMetrics | where Name == "sluice.failures" and tostring(Properties["sluice.side"]) == "Client" """, "sluice.side")]
    [InlineData("""AppMetrics | where Name == "sluice.failures" | summarize by Properties["sluice.outcome"]""", "sluice.outcome")]
    [InlineData("""AppMetrics | summarize count()""", "No metric is named.")]
    public void A_name_that_Kusto_will_not_find_is_noticed(string query, string unknown) =>
        Assert.Equal([unknown], Queries.UnknownToKusto(query));

    [Theory]
    [InlineData("""rate(sluice_failures[5m])""", "sluice_failures")]
    [InlineData("""sum by (sluice_side) (rate(sluice_failures_total{job=~"$job"}[5m]))""", "sluice_side")]
    [InlineData("""sluice_memory_used_bytes{sluice_party="Client"}""", "sluice_party")]
    [InlineData("""histogram_quantile(0.9, rate(sluice_upload_duration_bucket[5m]))""", "sluice_upload_duration_bucket")]
    [InlineData("""vector(0)""", "No metric is named.")]
    public void A_name_that_Prometheus_will_not_find_is_noticed(string query, string unknown) =>
        Assert.Equal([unknown], Queries.UnknownToPrometheus(query));

    [Fact]
    public void Grafana_shows_the_same_questions() => Assert.Equal(
        _page.Select(static question => question.Title),
        Panels().Select(static panel => Regex.Match((string)panel["title"]!, @"^\d\. [^?]+\?").Value).Distinct());

    [Fact]
    public void Each_panel_says_what_it_shows_and_has_a_place_of_its_own()
    {
        Assert.All(Panels(), static panel => Assert.NotEmpty((string)panel["description"]!));
        Assert.Distinct(Panels().Select(static panel => (int)panel["id"]!));
        Assert.Distinct(Panels().SelectMany(static panel => Cells(panel["gridPos"]!)));
        Assert.All(Panels().SelectMany(static panel => Cells(panel["gridPos"]!)), static cell => Assert.InRange(cell.X, 0, 23));
        Assert.All(Panels(), static panel =>
            Assert.Distinct(panel["targets"]!.AsArray().Select(static target => (string)target!["refId"]!)));
    }

    // Whoever imports it has a data source of another name, and other jobs in it.
    [Fact]
    public void Each_query_is_for_the_data_source_and_the_job_that_are_chosen()
    {
        Assert.Equal(
            ["datasource", "job"], _grafana["templating"]!["list"]!.AsArray().Select(static variable => (string)variable!["name"]!));
        Assert.All(Targets(), static target =>
        {
            Assert.Equal("${datasource}", (string)target["datasource"]!["uid"]!);
            Assert.Equal(
                Regex.Count((string)target["expr"]!, @"\bsluice_\w+\{"), Regex.Count((string)target["expr"]!, @"\{job=~""\$job"""));
        });
    }

    // A legend shows labels that the query keeps.
    [Fact]
    public void Each_legend_is_of_labels_that_the_query_has() => Assert.All(Targets(), static target => Assert.All(
        Regex.Matches((string)target["legendFormat"]!, @"\{\{(\w+)\}\}").Select(static label => label.Groups[1].Value),
        label => Assert.True(
            ((string)target["expr"]!).Contains(label, StringComparison.Ordinal)
                || !((string)target["expr"]!).Contains("sum", StringComparison.Ordinal),
            $"{label} of {target["expr"]}")));

    private static IEnumerable<JsonNode> Panels() => _grafana["panels"]!.AsArray().Select(static panel => panel!);

    private static IEnumerable<JsonNode> Targets() =>
        Panels().SelectMany(static panel => panel["targets"]!.AsArray()).Select(static target => target!);

    private static IEnumerable<(int X, int Y)> Cells(JsonNode place) =>
        from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!)
        from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!)
        select (x, y);

    [GeneratedRegex(@"\*\*(\d\. [^*]+)\*\*.*?```kusto\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Question();
}
