using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.Ed25519;
using Sluice.Webhooks;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>A host whose settings have an Ed25519 key starts with the package, and without it says which package that is.</summary>
public sealed class Ed25519StartTests
{
    private static readonly IConfiguration _settings = new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("Sluice:Blob:Endpoint", "https://example.blob.core.windows.net"), new("Sluice:Blob:Containers:0", "uploads"),
        new("Sluice:Hooks:Sources:billing:Scheme", "standard-webhooks"),
        new("Sluice:Hooks:Sources:billing:Secrets:0", "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="),
        new("Sluice:Hooks:Sources:billing:Store:Container", "uploads"),
    ]).Build();

    [Fact]
    public void Without_the_package_it_fails_and_names_the_setting_and_the_package()
    {
        using var services = new ServiceCollection().AddLogging().AddSluice(_settings).BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(
            ["Sluice:Hooks:Sources:billing:Secrets:0 is an Ed25519 key (whpk_): add the package Sluice.Ed25519 and call "
                + "services.AddSluiceEd25519()."],
            failure.Failures);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_the_package_it_starts_whichever_line_comes_first(bool packageFirst)
    {
        var added = new ServiceCollection().AddLogging();
        added = packageFirst ? added.AddSluiceEd25519().AddSluice(_settings) : added.AddSluice(_settings).AddSluiceEd25519();
        using var services = added.BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.True(services.GetRequiredService<WebhookTable>().TryFind("billing", out _));
    }
}
