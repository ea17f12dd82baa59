using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.IntegrationTests.Hosting;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/routing.md names every setting of a rule, and its example does what it says.</summary>
public sealed class RoutingPageTests(AzuriteFixture azurite)
{
    private static readonly string[] _containers = ["inbox", "images"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_setting_of_a_rule_has_a_row_with_its_default() => Assert.Equal(
        OptionRows.Of(typeof(RouteOptions)).Order(),
        RoutingPage.Rows("| setting | default |").Select(static cells => (cells[0], cells[1])).Order());

    [Fact]
    public void Every_row_says_something() =>
        Assert.All(RoutingPage.Rows("| "), static cells => Assert.All(cells, static cell => Assert.NotEqual("", cell)));

    [Fact]
    public void The_example_is_the_same_in_both_notations() => Assert.Equal(
        RoutingPage.Json.Select(static setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal),
        // Configuration writes a JSON boolean with a capital letter, and reads both.
        RoutingPage.AppSettings.Select(static setting => $"{setting.Key}={(setting.Value == "true" ? "True" : setting.Value)}")
            .Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_example_does_what_its_table_says()
    {
        await using var server = await PageServer.StartAsync(azurite, _containers, RoutingPage.AppSettings);
        foreach (var row in RoutingPage.Rows("| request | `Content-Type` |"))
        {
            var (verb, path) = (row[0].Split(' ')[0], row[0].Split(' ')[1]);
            (string, string)[] headers = row[1] == "—" ? [] : [("Content-Type", row[1])];
            using var answer = await server.SendAsync(verb, path, row[2], headers);

            Assert.Equal(
                $"{string.Join(' ', row[..3])}: {row[3]}",
                string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', row[..3])}: {(int)answer.StatusCode}"));
            Assert.Matches(Pattern(row[4]), Said(await answer.Content.ReadAsStringAsync(Token)));
        }
    }

    [Fact]
    public async Task The_example_is_explained_as_shown()
    {
        await using var server = await PageServer.StartAsync(azurite, _containers, RoutingPage.AppSettings);
        using var answer = await server.SendAsync(
            "POST", "/api/peek?path=orders/7", """{"type":"order.created","id":7}""", ("Content-Type", "application/json"));

        var report = await answer.Content.ReadAsStringAsync(Token);
        var shown = RoutingPage.Redaction.Select(static line => Regex.Replace(
            line, @"\d{4}/\d\d/\d\d", DateTimeOffset.UtcNow.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)));
        Assert.Contains(string.Join('\n', shown), report, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stops_the_start_says_so_in_the_words_of_the_page() => Assert.All(
        RoutingPage.Rows("| setting | value | message |"),
        static row => Assert.Equal(row[2], string.Join(" ", Complaints(row[0], row[1]))));

    // Of the example with one setting changed.
    private static IEnumerable<string> Complaints(string key, string value)
    {
        var settings = RoutingPage.AppSettings.Append(new(key, value))
            .Append(new("Sluice:Blob:ConnectionString", "UseDevelopmentStorage=true"))
            .GroupBy(static setting => setting.Key)
            .Select(static group => KeyValuePair.Create(group.Key, (string?)group.Last().Value));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddSluice(configuration).BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Failures;
    }

    // What is today in the table is not tomorrow.
    private static string Pattern(string cell) =>
        $"^{Regex.Escape(cell.Replace("`", "", StringComparison.Ordinal)).Replace(@"\{date}", @"\d{4}/\d\d/\d\d", StringComparison.Ordinal).Replace(@"\{year}", @"\d{4}", StringComparison.Ordinal)}$";

    private static string Said(string body)
    {
        var answer = JsonElement.Parse(body);
        return answer.TryGetProperty("container", out var container)
            ? $"{container.GetString()} {answer.GetProperty("name").GetString()}"
            : answer.GetProperty("type").GetString()!["urn:sluice:problem:".Length..];
    }
}
