using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.AspNetCore.WarmUp;
using Sluice.Memory;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>A host that does everything warms up everything. One that can't starts all the same, so that nothing else shows it.</summary>
public sealed class WarmUpTests(AzuriteFixture azurite)
{
    /// <summary>Settings that no request of the warm-up may fail at.</summary>
    public static TheoryData<string, string> Settings => new()
    {
        { "Sluice:Body:MaxBytes", "1" },
        { "Sluice:Body:IdleTimeout", "00:00:00.050" },
        { "Sluice:Body:DrainBytes", "0" },
        { "Sluice:Blob:BlockBytes", "65536" },
        { "Sluice:Blob:BlockBytes", "4194304" },
        { "Sluice:Blob:BlocksInFlight", "1" },
        { "Sluice:Blob:BlocksInFlight", "32" },
        { "Sluice:Memory:BudgetBytes", "4194304" },
        { "Sluice:Memory:WaitTimeout", "00:00:00" },
        { "Sluice:Peek:WindowBytes", "512" },
        { "Sluice:Peek:WindowBytes", "65536" },
        { "Sluice:Digests:Compute", "None" },
        { "Sluice:Digests:Compute", "Sha256, Sha512" },
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
        // The upload beside it has ended, too.
        Assert.Equal(0, app.Services.GetRequiredService<BlockPool>().InUseBytes);
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

    [Theory]
    [InlineData(65_536, 65_536)]
    [InlineData(100 << 20, 1 << 20)]
    public async Task Its_blocks_are_small_however_large_those_of_the_host_are(int blockBytes, int expected)
    {
        using var warnings = new WarningLog();
        var host = new FailingHost();

        await using var app = await StartAsync(
            warnings,
            new Dictionary<string, string?>
            {
                ["Sluice:Blob:BlockBytes"] = $"{blockBytes}",
                ["Sluice:Blob:BlocksInFlight"] = "1",
                ["Sluice:Memory:BudgetBytes"] = "1073741824",
            },
            host);

        Assert.Equal(expected, host.BlockBytes);
    }

    private sealed class FailingHost : IWarmUpHost
    {
        public int BlockBytes { get; private set; }

        public Task<WarmUpServer> StartAsync(Action<IServiceCollection> configure, CancellationToken cancellationToken)
        {
            var services = new ServiceCollection();
            configure(services);
            using var provider = services.BuildServiceProvider();
            BlockBytes = provider.GetRequiredService<IOptions<BlobOptions>>().Value.BlockBytes;
            throw new IOException("No port.");
        }
    }

    private sealed class Preparation : IWarmUpPreparation
    {
        public bool IsDone { get; private set; }

        public void Prepare() => IsDone = true;
    }
}
