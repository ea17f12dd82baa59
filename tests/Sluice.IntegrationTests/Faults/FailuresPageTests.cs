using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore.Endpoints;
using Sluice.Events;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>docs/failures.md is the catalogue of problems and log events for people: neither more nor less than there are.</summary>
public sealed partial class FailuresPageTests
{
    private static readonly string[] _page = Repository.Read("docs/failures.md").Split('\n');

    [Fact]
    public void Every_kind_of_failure_has_one_row_that_says_what_is_answered()
    {
        var expected = Enum.GetValues<FailureKind>().Select(static kind =>
        {
            var problem = FailureTable.Of(kind);
            var party = new Failure(kind, Phase.Transfer, "").Party;
            return $"`{problem.Code}` | {problem.Status} | {party.ToString().ToLowerInvariant()} | {(problem.Retry ? "yes" : "no")}";
        });
        Assert.Equal(expected.Order(), Rows("| type").Select(static cells => string.Join(" | ", cells.Take(4))).Order());
    }

    // The page that a browser shows has no links.
    [Fact]
    public void Every_row_says_what_a_page_says_to_do() => Assert.Equal(
        Enum.GetValues<FailureKind>().Select(static kind => $"`{FailureTable.Of(kind).Code}` {FailureTable.Of(kind).Remedy}").Order(),
        Rows("| type").Select(static cells => $"{cells[0]} {Link().Replace(cells[5], "docs/$1")}").Order());

    [Fact]
    public void A_kind_that_does_not_exist_has_no_remedy() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => Remedies.Of((FailureKind)int.MaxValue));

    [Fact]
    public void Every_row_says_what_happened_and_what_to_do() => Assert.All(Rows("| type"), static cells =>
    {
        Assert.Equal(6, cells.Length);
        Assert.All(cells, static cell => Assert.NotEqual("", cell));
    });

    [Fact]
    public void Every_kind_of_failure_has_a_type_of_its_own_and_a_status_that_blames_the_right_side() =>
        Assert.All(Enum.GetValues<FailureKind>(), static kind =>
        {
            var problem = FailureTable.Of(kind);
            var party = new Failure(kind, Phase.Transfer, "").Party;
            Assert.InRange(problem.Status, party == Party.Client ? 400 : 500, party == Party.Client ? 499 : 599);
            Assert.Single(Enum.GetValues<FailureKind>(), other => FailureTable.Of(other).Type == problem.Type);
        });

    [Fact]
    public void A_kind_that_does_not_exist_has_no_problem() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => FailureTable.Of((FailureKind)int.MaxValue));

    [Fact]
    public void Every_log_event_has_one_row_with_its_level()
    {
        var expected =
            from assembly in (Assembly[])[typeof(Failure).Assembly, typeof(BlobEndpoint).Assembly, typeof(EventOutbox).Assembly]
            from type in assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            select string.Create(CultureInfo.InvariantCulture, $"{message.EventId} | {message.Level}");
        Assert.Equal(expected.Order(), Rows("| event").Select(static cells => $"{cells[0]} | {cells[1]}").Order());
    }

    // The cells of the table whose heading begins like that.
    private static IEnumerable<string[]> Rows(string heading) => _page
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
        .TakeWhile(static line => line.StartsWith('|'))
        .Skip(2)
        .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"\[[^\]]*\]\(([^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
