using System.Text.RegularExpressions;
using Sluice.RepositoryTests.Workflows;
using YamlDotNet.RepresentationModel;

namespace Sluice.RepositoryTests.Gallery;

/// <summary>
/// What the gallery of azd templates asks of a repository, rule by rule. Not here, because a test can't see it: that <c>azd up</c> works,
/// and the topics of the repository on GitHub. The security scan (managed identities, no secrets) is in tests/Infra.Tests/Rules.
/// </summary>
internal static partial class GalleryRules
{
    private const string Validation = "https://github.com/microsoft/template-validation-action/blob/main/src/rules.json";

    private const string Done =
        "https://github.com/Azure-Samples/azd-template-artifacts/blob/main/docs/development-guidelines/definition-of-done.md";

    private const string Readme = "https://github.com/Azure-Samples/azd-template-artifacts/blob/main/docs/template-readme.md";

    private static readonly string[] _sections =
    [
        "## Features", "## Getting started", "### Prerequisites", "### Quickstart", "## Guidance", "### Region availability", "### Costs",
        "### Security", "## Resources",
    ];

    /// <summary>The rules, in the order of the sources. Each returns what breaks it.</summary>
    public static IReadOnlyList<GalleryRule> All { get; } =
    [
        new("The README has the sections", $"{Validation} and {Readme}", static template => Missing(template, _sections)),
        new("There is a license", Validation, static template => OneOf(template, "LICENSE", "LICENSE.md")),
        new("There is a security policy", Validation, static template => OneOf(template, "SECURITY.md", ".github/SECURITY.md")),
        new("There is a code of conduct", Validation,
            static template => OneOf(template, "CODE_OF_CONDUCT.md", ".github/CODE_OF_CONDUCT.md")),
        new("It says how to contribute", Validation, static template => OneOf(template, "CONTRIBUTING.md", ".github/CONTRIBUTING.md")),
        new("There are forms for issues", Validation, static template =>
            template.Files(IssueForms).Any(static file => !IsConfiguration(file)) ? [] : [IssueForms]),
        new("Each form for an issue is complete",
            "https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms",
            static template => template.Files(IssueForms).Where(static file => !IsConfiguration(file))
                .SelectMany(file => InForm(template, file))),
        new("The topics are written down", $"{Validation} (expected_topics)", static template =>
            template.Read(".github/CONTRIBUTING.md")?.Contains("`azd-templates`", StringComparison.Ordinal) is true
                ? [] : ["azd-templates"]),
        new("A workflow deploys", Validation, static template =>
            OneOf(template, ".github/workflows/azure-dev.yml", ".github/workflows/azure-dev.yaml")),
        new("The workflow reads the variables that azd pipeline config sets",
            "https://learn.microsoft.com/azure/developer/azure-developer-cli/configure-devops-pipeline",
            static template => Unread(template.Read(".github/workflows/azure-dev.yml") ?? "")),
        new("azure.yaml names the application and the template",
            "https://github.com/Azure/azure-dev/blob/main/schemas/v1.0/azure.yaml.json", static template => InAzureYaml(template)),
        new("The infrastructure is where azd looks", Validation, static template =>
            template.Read($"{template.Parse("azure.yaml").At("infra").At("path").Text()}/main.bicep") is null ? ["infra/main.bicep"] : []),
        new("azd offers only regions that have the plan", "https://learn.microsoft.com/azure/developer/azure-developer-cli/metadata",
            static template => Location().IsMatch(template.Read("infra/main.bicep") ?? "") ? [] : ["param location"]),
        new("A dev container has azd, the Functions host and storage", $"{Validation} and {Done}", static template =>
            InDevContainer(template.Parse(".devcontainer/devcontainer.json"))),
    ];

    private const string IssueForms = ".github/ISSUE_TEMPLATE";

    private static IEnumerable<string> OneOf(Template template, params string[] paths) =>
        paths.Any(path => template.Read(path) is { Length: > 0 }) ? [] : [paths[0]];

    // The action looks for "## Features" anywhere, in any case; a heading is what a reader finds.
    private static IEnumerable<string> Missing(Template template, string[] sections) => sections.Except(
        (template.Read("README.md") ?? "").Split('\n').Select(static line => line.TrimEnd()), StringComparer.OrdinalIgnoreCase);

    private static bool IsConfiguration(string file) => file == $"{IssueForms}/config.yml";

    private static IEnumerable<string> InForm(Template template, string file)
    {
        var form = template.Parse(file);
        var fields = form.At("body").Items().Where(static field => field.At("type").Text() != "markdown").ToList();
        return
        [
            .. from key in (string[])["name", "description"] where form.At(key).Text() is not { Length: > 0 } select $"{file}: {key}",
            .. fields.Count > 0 ? [] : (string[])[$"{file}: body"],
            .. from field in fields
               where field.At("attributes").At("label").Text() is not { Length: > 0 }
                   || field.At("type").Text() is not ("input" or "textarea" or "dropdown" or "checkboxes")
               select $"{file}: {field}",
            .. from same in fields.GroupBy(static field => field.At("id").Text())
               where same.Key is null || same.Count() > 1
               select $"{file}: the id of {same.Count()} fields is '{same.Key}'",
        ];
    }

    private static IEnumerable<string> Unread(string workflow) =>
        from variable in (string[])
        [
            "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID", "AZURE_ENV_NAME", "AZURE_LOCATION",
        ]
        where !workflow.Contains($"{variable}: ${{{{ vars.{variable} }}}}", StringComparison.Ordinal)
        select variable;

    private static IEnumerable<string> InAzureYaml(Template template)
    {
        var azure = template.Parse("azure.yaml");
        return
        [
            .. ApplicationName().IsMatch(azure.At("name").Text() ?? "") ? [] : (string[])["name"],
            .. TemplateName().IsMatch(azure.At("metadata").At("template").Text() ?? "") ? [] : (string[])["metadata.template"],
            .. azure.At("services").Entries().Any() ? [] : (string[])["services"],
        ];
    }

    private static IEnumerable<string> InDevContainer(YamlNode? container) =>
    [
        .. container.At("features").Names().Any(static name => name.StartsWith("ghcr.io/azure/azure-dev/azd:", StringComparison.Ordinal))
            ? [] : (string[])["azd"],
        .. from tool in (string[])["azure-functions-core-tools@4", "azurite@3"]
           where container.At("postCreateCommand").Text()?.Contains(tool, StringComparison.Ordinal) is not true
           select tool,
    ];

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])$")]
    private static partial Regex ApplicationName();

    [GeneratedRegex(@"^[a-z0-9-]+@\d+\.\d+\.\d+$")]
    private static partial Regex TemplateName();

    [GeneratedRegex(@"@allowed\(\[\n(  '[a-z0-9]+'\n)+\]\)\n@metadata\(\{ azd: \{ type: 'location' \} \}\)\nparam location string\n")]
    private static partial Regex Location();
}
