using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.AspNetCore.WarmUp;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>A host that does everything warms up everything. One that can't starts all the same, so that nothing else shows it.</summary>
public sealed class WarmUpTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_warm_up_comes_to_its_end_where_all_there_is_is_configured()
    {
        var container = (await azurite.NewContainerAsync()).Name;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = container,
            ["Sluice:Relay:Targets:service:Address"] = "http://127.0.0.1:1",
            ["Sluice:Routes:0:Name"] = "tee",
            ["Sluice:Routes:0:Store:Container"] = container,
            ["Sluice:Routes:0:Relay:Target"] = "service",
            ["Sluice:Hooks:Sources:hook:Scheme"] = "github",
            ["Sluice:Hooks:Sources:hook:Secrets:0"] = "It's a Secret to Everybody",
            ["Sluice:Hooks:Sources:hook:Store:Container"] = container,
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
        });
        using var warnings = new WarningLog();
        builder.Logging.ClearProviders().AddProvider(warnings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new PatientClock());
        builder.Services.AddSluice(builder.Configuration);
        await using var app = builder.Build();
        app.MapSluice();

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Empty(warnings.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_can_be_switched_off(bool enabled)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = "any",
            ["Sluice:WarmUp:Enabled"] = $"{enabled}",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var preparation = new Preparation();
        builder.Services.AddSingleton<IWarmUpPreparation>(preparation);
        builder.Services.AddSluice(builder.Configuration);
        await using var app = builder.Build();

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(enabled, preparation.IsDone);
    }

    private sealed class Preparation : IWarmUpPreparation
    {
        public bool IsDone { get; private set; }

        public void Prepare() => IsDone = true;
    }
}
