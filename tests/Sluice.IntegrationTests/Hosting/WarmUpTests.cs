using System.Net;
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
    /// <summary>Settings that no request of the warm-up may fail at.</summary>
    public static TheoryData<string, string> Settings => new()
    {
        { "Sluice:Blob:MaxRetries", "0" },
        { "Sluice:Body:MaxBytes", "1" },
        { "Sluice:Body:IdleTimeout", "00:00:00.050" },
        { "Sluice:Body:DrainBytes", "0" },
        { "Sluice:Blob:BlockBytes", "65536" },
        { "Sluice:Blob:BlockBytes", "104857600" },
        { "Sluice:Blob:BlocksInFlight", "1" },
        { "Sluice:Peek:WindowBytes", "512" },
        { "Sluice:Digests:Compute", "None" },
        { "Sluice:Resumable:MaxBytes", "1" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task The_warm_up_comes_to_its_end_where_all_there_is_is_configured(string setting, string value)
    {
        var container = (await azurite.NewContainerAsync()).Name;
        using var warnings = new WarningLog();

        await using var app = await StartAsync(warnings, new Dictionary<string, string?>
        {
            ["Sluice:Blob:Containers:0"] = container,
            ["Sluice:Relay:Targets:service:Address"] = "http://127.0.0.1:1",
            ["Sluice:Routes:0:Name"] = "tee",
            ["Sluice:Routes:0:Store:Container"] = container,
            ["Sluice:Routes:0:Relay:Target"] = "service",
            ["Sluice:Hooks:Sources:hook:Scheme"] = "github",
            ["Sluice:Hooks:Sources:hook:Secrets:0"] = "It's a Secret to Everybody",
            ["Sluice:Hooks:Sources:hook:Store:Container"] = container,
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
            ["Sluice:Memory:BudgetBytes"] = "1073741824",
            [setting] = value,
        });

        Assert.Empty(warnings.Lines);
    }

    [Fact]
    public async Task A_warm_up_that_fails_is_logged_and_the_host_starts()
    {
        using var warnings = new WarningLog();

        await using var app = await StartAsync(warnings, [], new FailingHost());

        Assert.StartsWith("The warm-up failed", Assert.Single(warnings.Lines), StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var answer = await client.GetAsync("/api/health/live", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_can_be_switched_off(bool enabled)
    {
        using var warnings = new WarningLog();
        var preparation = new Preparation();

        await using var app = await StartAsync(
            warnings, new Dictionary<string, string?> { ["Sluice:WarmUp:Enabled"] = $"{enabled}" }, preparation: preparation);

        Assert.Equal(enabled, preparation.IsDone);
    }

    private async Task<WebApplication> StartAsync(
        WarningLog warnings, Dictionary<string, string?> settings, IWarmUpHost? host = null, IWarmUpPreparation? preparation = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = "any",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().AddProvider(warnings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new PatientClock());
        if (host is not null)
            builder.Services.AddSingleton(host);
        if (preparation is not null)
            builder.Services.AddSingleton(preparation);
        builder.Services.AddSluice(builder.Configuration);
        var app = builder.Build();
        app.MapSluice();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed class FailingHost : IWarmUpHost
    {
        public Task<WarmUpServer> StartAsync(Action<IServiceCollection> configure, CancellationToken cancellationToken) =>
            Task.FromException<WarmUpServer>(new IOException("No port."));
    }

    private sealed class Preparation : IWarmUpPreparation
    {
        public bool IsDone { get; private set; }

        public void Prepare() => IsDone = true;
    }
}
