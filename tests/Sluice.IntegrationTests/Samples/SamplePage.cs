using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Samples;

/// <summary>A server that takes uploads from the page in docs/samples/browser, and that page's own origin.</summary>
public sealed class SamplePage(AzuriteFixture azurite) : RunningServer(azurite)
{
    private UppySite? _site;

    /// <summary>Where the page is.</summary>
    public Uri Page => _site!.Page;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sluice:Resumable:AllowedOrigins:0"] = Page.GetLeftPart(UriPartial.Authority),
    };

    protected override async Task PrepareAsync() => _site = await UppySite.StartAsync(
        "docs/samples/browser/index.html",
        html => html.Replace("http://localhost:7071", Address().GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

    protected override ValueTask CleanUpAsync() => _site?.DisposeAsync() ?? default;
}
