using System.Text.Json.Nodes;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>docs/openapi.json passes the linters that people run over the descriptions of APIs that they are to use.</summary>
public sealed class ApiLintTests
{
    private static readonly string _document = Repository.Read("docs/openapi.json");

    [Fact]
    public async Task The_document_passes_the_recommended_rules_of_Redocly() =>
        (await ApiLint.RedoclyAsync(_document)).Succeeded();

    [Fact]
    public async Task The_document_passes_the_rules_of_Spectral() => (await ApiLint.SpectralAsync(_document)).Succeeded();

    // What the first document of the generator did not have.
    [Fact]
    public async Task A_document_that_breaks_a_rule_does_not_pass()
    {
        var broken = JsonNode.Parse(_document)!.AsObject();
        broken.Remove("servers");

        var (redocly, spectral) = (await ApiLint.RedoclyAsync(broken.ToJsonString()), await ApiLint.SpectralAsync(broken.ToJsonString()));

        Assert.Equal((1, 1), (redocly.ExitCode, spectral.ExitCode));
        Assert.Contains("no-empty-servers", redocly.Output + redocly.Error, StringComparison.Ordinal);
        Assert.Contains("oas3-api-servers", spectral.Output + spectral.Error, StringComparison.Ordinal);
    }
}
