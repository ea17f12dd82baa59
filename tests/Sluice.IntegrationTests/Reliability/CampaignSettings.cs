using System.Globalization;
using Sluice.IntegrationTests.Ingest;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>The settings of the servers in the campaigns.</summary>
internal static class CampaignSettings
{
    private const int BudgetBytes = 8 << 20;

    /// <summary>An endpoint for each version of HTTP.</summary>
    public static IReadOnlyDictionary<string, string> BothVersions { get; } = new Dictionary<string, string>
    {
        ["Kestrel:Endpoints:A:Url"] = "http://127.0.0.1:0",
        ["Kestrel:Endpoints:B:Url"] = "http://127.0.0.1:0",
        ["Kestrel:Endpoints:B:Protocols"] = "Http2",
    };

    /// <summary>Blocks larger than the memory: they are passed through.</summary>
    public static IReadOnlyDictionary<string, string> PassesThrough { get; } = new Dictionary<string, string>
    {
        ["Sluice:Blob:MaxBlocks"] = "4",
        ["Sluice:Memory:BudgetBytes"] = $"{1 << 20}",
    };

    /// <summary>What all ways in <see cref="AllWays.Common"/> need.</summary>
    public static IReadOnlyDictionary<string, string> Common(string container, ScriptedService service)
    {
        var settings = new Dictionary<string, string>
        {
            ["Sluice:Blob:BlockBytes"] = "65536",
            ["Sluice:Blob:MaxRetries"] = "1",
            ["Sluice:Memory:BudgetBytes"] = BudgetBytes.ToString(CultureInfo.InvariantCulture),
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
            ["Sluice:Resumable:Name"] = "{filename}/{id}",
            ["Sluice:Hooks:Sources:hook:Scheme"] = "github",
            ["Sluice:Hooks:Sources:hook:Secrets:0"] = HookServer.Secret,
            ["Sluice:Hooks:Sources:hook:Store:Container"] = container,
            ["Sluice:Relay:Targets:service:Address"] = $"{service.Address()}",
            ["Sluice:Limits:Enabled"] = "false",
            ["Logging:LogLevel:Sluice"] = "Error",
            ["Sluice:Routes:0:Name"] = "store",
            ["Sluice:Routes:0:When:Path"] = "run-*/**",
            ["Sluice:Routes:0:Store:Container"] = container,
        };
        foreach (var (at, commit) in IngestServer.Commits.Index())
        {
            settings[$"Sluice:Routes:{at + 1}:Name"] = $"{commit}";
            settings[$"Sluice:Routes:{at + 1}:When:Path"] = $"{commit}/**";
            settings[$"Sluice:Routes:{at + 1}:Store:Container"] = container;
            settings[$"Sluice:Routes:{at + 1}:Relay:Target"] = "service";
            settings[$"Sluice:Routes:{at + 1}:Commit"] = $"{commit}";
        }

        return settings;
    }

    /// <summary>Settings, of which later ones replace earlier ones.</summary>
    public static Dictionary<string, string> Join(params ReadOnlySpan<IReadOnlyDictionary<string, string>> all)
    {
        var joined = new Dictionary<string, string>();
        foreach (var settings in all)
        {
            foreach (var (key, value) in settings)
                joined[key] = value;
        }

        return joined;
    }
}
