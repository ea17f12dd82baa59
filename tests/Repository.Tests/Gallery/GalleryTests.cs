namespace Sluice.RepositoryTests.Gallery;

/// <summary>The repository can be listed in the gallery of azd templates, and every rule can be broken.</summary>
public sealed class GalleryTests
{
    private const string Azure = ".github/workflows/azure-dev.yml";
    private const string BugForm = ".github/ISSUE_TEMPLATE/bug.yml";
    private const string DevContainer = ".devcontainer/devcontainer.json";

    // The rule, the file, and what is changed in it; without a change the file is taken out.
    public static TheoryData<string, string, string?, string> Changes { get; } = new()
    {
        { "The README has the sections", "README.md", null, "" },
        { "The README has the sections", "README.md", "\n## Features\n", "\n### Features\n" },
        { "The README has the sections", "README.md", "\n### Region availability\n", "\n" },
        { "There is a license", "LICENSE", null, "" },
        { "There is a security policy", "SECURITY.md", null, "" },
        { "There is a code of conduct", ".github/CODE_OF_CONDUCT.md", null, "" },
        { "It says how to contribute", ".github/CONTRIBUTING.md", null, "" },
        { "Each form for an issue is complete", BugForm, "name: Bug\n", "" },
        { "Each form for an issue is complete", BugForm, "description: Something does not work as documented\n", "" },
        { "Each form for an issue is complete", BugForm, "id: request", "id: host" },
        { "Each form for an issue is complete", BugForm, "type: dropdown", "type: list" },
        { "Each form for an issue is complete", BugForm, "label: Settings", "label:" },
        { "The topics are written down", ".github/CONTRIBUTING.md", "`azd-templates`", "`templates`" },
        { "A workflow deploys", Azure, null, "" },
        { "The workflow reads the variables that azd pipeline config sets", Azure, "AZURE_ENV_NAME: ${{ vars.AZURE_ENV_NAME }}", "" },
        { "azure.yaml names the application and the template", "azure.yaml", null, "" },
        { "azure.yaml names the application and the template", "azure.yaml", "name: sluice", "name: Sluice!" },
        { "azure.yaml names the application and the template", "azure.yaml", "template: sluice@1.0.0", "template: sluice" },
        { "azure.yaml names the application and the template", "azure.yaml", "services:", "parts:" },
        { "The infrastructure is where azd looks", "infra/main.bicep", null, "" },
        { "The infrastructure is where azd looks", "azure.yaml", "path: infra", "path: deploy" },
        { "azd offers only regions that have the plan", "infra/main.bicep", "@metadata({ azd: { type: 'location' } })\n", "" },
        { "azd offers only regions that have the plan", "infra/main.bicep", "@allowed([\n", "@description([\n" },
        { "A dev container has azd, the Functions host and storage", DevContainer, null, "" },
        { "A dev container has azd, the Functions host and storage", DevContainer, "ghcr.io/azure/azure-dev/azd:0", "ghcr.io/other/azd:0" },
        { "A dev container has azd, the Functions host and storage", DevContainer, "azure-functions-core-tools@4", "" },
        { "A dev container has azd, the Functions host and storage", DevContainer, "azurite@3", "" },
    };

    public static IEnumerable<TheoryDataRow<string>> Rules => GalleryRules.All.Select(static rule => new TheoryDataRow<string>(rule.Name));

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_repository_keeps_every_rule(string rule)
    {
        var found = Rule(rule);
        var violations = found.Violations(Template.Own).ToList();

        Assert.True(violations.Count == 0, $"Missing: {string.Join(", ", violations)}. {found.Source}");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_repository_that_breaks_a_rule_is_noticed(string rule, string path, string? written, string changed) => Assert.NotEmpty(
        Rule(rule).Violations(written is null ? Template.Own.Without(path) : Template.Own.Changed(path, written, changed)));

    [Fact]
    public void A_repository_without_forms_for_issues_is_noticed()
    {
        var template = Template.Own.Files(".github/ISSUE_TEMPLATE").ToList()
            .Where(static file => !file.EndsWith("/config.yml", StringComparison.Ordinal))
            .Aggregate(Template.Own, static (template, file) => template.Without(file));

        Assert.NotEmpty(Rule("There are forms for issues").Violations(template));
    }

    [Fact]
    public void Every_rule_is_broken_once() => Assert.Equal(
        GalleryRules.All.Select(static rule => rule.Name).Order(),
        Changes.Select(static change => change.Data.Item1).Append("There are forms for issues").Distinct().Order());

    private static GalleryRule Rule(string name) => GalleryRules.All.Single(rule => rule.Name == name);
}
