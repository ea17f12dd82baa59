using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Blobs;

/// <summary>A server whose container, rules and sources of webhooks ask storage for tiers and tags, and so may clients.</summary>
public sealed class FeatureServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        [$"Sluice:Blob:Features:{Container.Name}:Tier"] = "cool",
        [$"Sluice:Blob:Features:{Container.Name}:DeleteAfterDays"] = "7",
        [$"Sluice:Blob:Features:{Container.Name}:Tags:from"] = "container",
        [$"Sluice:Blob:Features:{Container.Name}:Tags:type"] = "{mediaType}",
        [$"Sluice:Blob:Features:{Container.Name}:Tags:digest"] = "{sha256}",
        ["Sluice:Blob:FeatureHeaders:0"] = "x-ms-access-tier",
        ["Sluice:Blob:FeatureHeaders:1"] = "x-ms-tags",
        ["Sluice:Routes:0:Name"] = "everything",
        ["Sluice:Routes:0:Store:Container"] = Container.Name,
        ["Sluice:Routes:0:Store:Features:Tier"] = "Hot",
        ["Sluice:Routes:0:Store:Features:Tags:from"] = "rule {header:X-Tenant}",
        ["Sluice:Routes:0:Store:Features:DeleteAfterDays"] = "30",
        ["Sluice:Hooks:Sources:github:Scheme"] = "github",
        ["Sluice:Hooks:Sources:github:Secrets:0"] = HookServer.Secret,
        ["Sluice:Hooks:Sources:github:Store:Container"] = Container.Name,
        ["Sluice:Hooks:Sources:github:Store:Features:Tags:from"] = "{json:/a}",
    };
}
