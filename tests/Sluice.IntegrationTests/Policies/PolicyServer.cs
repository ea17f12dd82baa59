using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Policies;

/// <summary>A server with a policy service, and with every way in.</summary>
public sealed class PolicyServer(AzuriteFixture azurite) : ServiceServer(azurite)
{
    private string? _path;

    internal PolicyDesk Desk { get; } = new();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sluice:Relay:Targets:service:Address"] = $"{Service.Address()}",
        ["Sluice:Policy:Target"] = "service",
        ["Sluice:Policy:Path"] = _path ??= Service.At(Desk.RunAsync),
        ["Sluice:Policy:Secret"] = PolicyDesk.Secret,
        ["Sluice:Policy:Headers:0"] = PolicyDesk.Mark,
        ["Sluice:Policy:Timeout"] = "00:01:00",
        ["Sluice:Hooks:Sources:github:Scheme"] = "github",
        ["Sluice:Hooks:Sources:github:Secrets:0"] = HookServer.Secret,
        ["Sluice:Hooks:Sources:github:Store:Container"] = Container.Name,
        ["Sluice:Routes:0:Name"] = "tee",
        ["Sluice:Routes:0:When:Path"] = "tee/*",
        ["Sluice:Routes:0:Store:Container"] = Container.Name,
        ["Sluice:Routes:0:Relay:Target"] = "service",
        ["Sluice:Routes:1:Name"] = "everything",
        ["Sluice:Routes:1:Store:Container"] = Container.Name,
    };
}
