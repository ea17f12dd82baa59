using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.IntegrationTests.Pages;

/// <summary>
/// docs/webhooks.md has a section for each scheme, with requests that are signed as it says, and names the settings that there are.
/// </summary>
public sealed class WebhooksPageTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<WebhookExample> Deliveries => WebhooksPage.Examples.Where(static example => example.Blob is not null);

    [Fact]
    public void Every_scheme_has_one_section_with_a_delivery()
    {
        Assert.Equal(WebhookSchemes.Names.Order(), WebhooksPage.Schemes.Order());
        var own = Deliveries.Where(static example => WebhooksPage.Schemes.Contains(example.Section)).ToList();
        Assert.Equal(WebhookSchemes.Names.Order(), own.Select(static example => example.Section).Distinct().Order());
        Assert.All(own, static example => Assert.Equal(example.Section, WebhooksPage.Setting(example, "Scheme")));
        Assert.Equal(
            Regex.Count(WebhooksPage.Text + WebhooksPage.Senders, "^```http$", RegexOptions.Multiline), WebhooksPage.Examples.Count);
    }

    [Fact]
    public void Every_sender_has_a_section_with_a_delivery_and_is_listed()
    {
        var senders = Regex.Matches(WebhooksPage.Senders, "^### (.+)$", RegexOptions.Multiline).Select(static match => match.Groups[1].Value);

        Assert.Empty(senders.Except(Deliveries.Select(static example => example.Section)));
        Assert.All(senders, static sender => Assert.Contains(sender.Split(' ')[0], WebhooksPage.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_setting_of_a_source_has_a_row_with_its_default() => Assert.Equal(
        OptionRows.Of(typeof(WebhookSourceOptions)).Order(),
        WebhooksPage.Rows("| setting | default |").Select(static cells => (cells[0], cells[1])).Order());

    // Values of settings have names too. An app setting is checked by the server that takes those of the examples.
    [Fact]
    public void No_setting_is_named_that_does_not_exist()
    {
        string[] known =
        [
            .. OptionRows.Of(typeof(WebhookSourceOptions)).SelectMany(static row => (string[])[row.Key, row.Key.Split(':')[0]]),
            .. OptionRows.Of(typeof(RelayTargetOptions)).Select(static row => row.Key),
            .. Enum.GetNames<TeeCommit>(), .. Enum.GetNames<WebhookEncoding>(), .. Enum.GetNames<WebhookHmacAlgorithm>(),
            .. Enum.GetNames<WebhookTimestampFormat>(), .. Enum.GetNames<WebhookPublicKeyAlgorithm>(),
            .. Enum.GetNames<WebhookMessageAlgorithm>(), .. Enum.GetNames<WebhookChallenge>(),
            .. MarkdownTable.Rows(Repository.Read("docs/settings.md").Split('\n'), "| setting | default |").Select(static row => row[0]),
            "Sluice:Server:NamedKeys",
            .. WebhooksPage.Settings.Keys.Select(static key => key.Replace(":", "__", StringComparison.Ordinal)[..^"__0".Length]),
        ];
        var named = Regex.Matches(WebhooksPage.Text, @"`(?<name>[A-Z][a-z]\w*?(?::[A-Z]\w*?)*)(?:__\d)?`")
            .Select(static match => match.Groups["name"].Value);

        Assert.Empty(named.Except(known).Except(["Authorization", "Bearer", "Signature"]));
    }

    [Fact]
    public void Every_answer_has_the_status_of_the_page_of_failures() => Assert.All(
        WebhooksPage.Rows("| status | type |").Where(static row => row[1].Length > 0),
        static row => Assert.Contains($"| `{row[1]}` | {row[0]} |", Repository.Read("docs/failures.md"), StringComparison.Ordinal));

    [Fact]
    public async Task Every_delivery_is_stored_under_the_name_it_has_here_and_is_a_duplicate_the_next_time()
    {
        await using var server = await WebhookServer.StartAsync(azurite);
        foreach (var example in Deliveries)
        {
            using var first = await server.SendAsync(example);
            using var second = await server.SendAsync(example);

            var status = WebhooksPage.Setting(example, "Status");
            Assert.True(await server.IsStoredAsync(example.Blob!), $"{example.Path} is not {example.Blob}");
            Assert.Equal($"{example.Path} {status ?? "201"}", $"{example.Path} {Status(first)}");
            Assert.Equal($"{example.Path} {status ?? "200"}", $"{example.Path} {Status(second)}");
            if (status == "204")
            {
                Assert.Empty(await first.Content.ReadAsStringAsync(Token));
                continue;
            }

            var (stored, repeated) = (await JsonAsync(first), await JsonAsync(second));
            Assert.Equal(example.Blob, $"hooks/{Said(stored, "name")}");
            Assert.Equal("duplicate", Said(repeated, "status"));
            Assert.Equal(Said(stored, "etag"), Said(repeated, "etag"));
        }
    }

    [Fact]
    public async Task Every_one_with_a_changed_byte_is_refused()
    {
        await using var server = await WebhookServer.StartAsync(azurite);
        foreach (var forgery in Deliveries.Where(static example => WebhooksPage.Setting(example, "Scheme") != "none")
            .SelectMany(static example => example.Forgeries()))
        {
            using var answer = await server.SendAsync(forgery);

            Assert.Equal(
                $"{forgery.Path} 401 urn:sluice:problem:signature-invalid",
                $"{forgery.Path} {Status(answer)} {Said(await JsonAsync(answer), "type")}");
        }
    }

    [Fact]
    public async Task What_is_not_signed_is_another_delivery_when_a_byte_was_changed()
    {
        await using var server = await WebhookServer.StartAsync(azurite);
        var example = Assert.Single(Deliveries, static example => example.Section == "none");
        using var first = await server.SendAsync(example);
        using var second = await server.SendAsync(example.Forgeries().First());

        Assert.Equal(("201", "201"), (Status(first), Status(second)));
    }

    [Fact]
    public async Task A_sender_that_asks_is_given_the_permission_that_is_shown()
    {
        await using var server = await WebhookServer.StartAsync(azurite);
        using var answer = await server.SendAsync(Assert.Single(WebhooksPage.Examples, static example => example.Verb == "OPTIONS"));

        Assert.Equal("200", Status(answer));
        Assert.All(
            (string[])["WebHook-Allowed-Origin", "WebHook-Allowed-Rate"],
            name => Assert.Contains(
                $"`{name}: {Assert.Single(answer.Headers.GetValues(name))}`", WebhooksPage.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_challenge_is_given_back_and_not_where_a_byte_was_changed()
    {
        await using var server = await WebhookServer.StartAsync(azurite);
        var example = Assert.Single(WebhooksPage.Examples, static example => example is { Verb: "POST", Blob: null, Reply: null });
        using var answer = await server.SendAsync(example);

        Assert.Equal("200", Status(answer));
        Assert.Equal(Said(JsonElement.Parse(example.Body), "challenge"), await answer.Content.ReadAsStringAsync(Token));
        foreach (var forgery in example.Forgeries())
        {
            using var refusal = await server.SendAsync(forgery);
            Assert.Equal("401", Status(refusal));
        }
    }

    [Fact]
    public async Task A_sender_that_checks_the_address_gets_what_the_page_says()
    {
        await using var server = await WebhookServer.StartAsync(azurite);
        var checks = WebhooksPage.Examples.Where(static example => example.Reply is not null).ToList();

        Assert.Equal(5, checks.Count);
        foreach (var example in checks)
        {
            using var answer = await server.SendAsync(example);

            var body = await answer.Content.ReadAsStringAsync(Token);
            var replies = answer.Headers.Select(static header => $"{header.Key}: {string.Join(", ", header.Value)}").Append(body);
            Assert.Equal($"{example.Path} 200", $"{example.Path} {Status(answer)}");
            Assert.Contains(example.Reply, replies);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    private static string Status(HttpResponseMessage answer) => ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token));

    private static string? Said(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) ? value.GetString() : null;
}
