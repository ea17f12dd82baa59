using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The linters of OpenAPI documents, in Node.js, with the rules that are in lint/.</summary>
internal static class ApiLint
{
    private const string Source = "tests/Sluice.IntegrationTests/OpenApi/lint";

    private static readonly string[] _rules = ["redocly.yaml", ".redocly.lint-ignore.yaml", ".spectral.yaml"];

    private static readonly Lazy<Task<string>> _folder = new(static () => new NpmFolder("lint", Repository.PathOf(Source)).InstallAsync());

    /// <summary>The recommended rules of https://redocly.com/docs/cli/rules/recommended.</summary>
    public static Task<Command> RedoclyAsync(string document) =>
        RunAsync(document, "@redocly/cli/bin/cli.js", ["lint", "--config=redocly.yaml", "--format=stylish", "openapi.json"]);

    /// <summary>The rules of https://docs.stoplight.io/docs/spectral, <c>spectral:oas</c>.</summary>
    public static Task<Command> SpectralAsync(string document) => RunAsync(
        document, "@stoplight/spectral-cli/dist/index.js",
        ["lint", "--ruleset=.spectral.yaml", "--fail-severity=hint", "openapi.json"]);

    private static async Task<Command> RunAsync(string document, string program, string[] arguments)
    {
        var modules = Path.Combine(await _folder.Value, "node_modules");
        var folder = Directory.CreateTempSubdirectory("sluice-lint-");
        try
        {
            foreach (var file in _rules)
                File.Copy(Path.Combine(Repository.PathOf(Source), file), Path.Combine(folder.FullName, file));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "openapi.json"), document, TestContext.Current.CancellationToken);
            return await Command.RunAsync(
                "node", [Path.Combine(modules, program), .. arguments], folder.FullName, "",
                ("REDOCLY_TELEMETRY", "off"), ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"), ("NO_COLOR", "1"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
