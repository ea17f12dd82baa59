using Sluice.IntegrationTests.Hosting;
using Sluice.Server.Settings;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/callers.md says of every setting what the code does.</summary>
public sealed class CallersPageTests
{
    private static readonly string _page = Repository.Read("docs/callers.md");

    [Fact]
    public void Every_setting_of_a_right_has_a_row_with_its_default() => Assert.Equal(
        OptionRows.Of(typeof(RightOptions)).Order(), Rows("Sluice:Rights:N"));

    [Fact]
    public void Every_setting_of_tokens_has_a_row_with_its_default() => Assert.Equal(
        OptionRows.Of(typeof(TokenOptions)).Order(), Rows("Sluice:Server:Tokens"));

    private static IEnumerable<(string Key, string Default)> Rows(string section) => _page.Split('\n')
        .SkipWhile(line => !line.StartsWith($"| setting below `{section}` |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(static line => line.StartsWith('|'))
        .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        .Select(static cells => (cells[0].Trim('`'), cells[1]))
        .Order();
}
