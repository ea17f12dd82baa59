using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Ingest;

/// <summary>A server with rules, and a downstream service in the process of the tests.</summary>
public sealed class IngestServer(AzuriteFixture azurite) : ServiceServer(azurite)
{
    /// <summary>Without retries: they need an outbox (<see cref="Events.PassOnTests"/>), and change nothing while the client waits.</summary>
    public static IEnumerable<TeeCommit> Commits =>
        Enum.GetValues<TeeCommit>().Where(static commit => commit != TeeCommit.BlobFirstWithRetries);

    protected override IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var settings = new Dictionary<string, string>
            {
                ["Sluice:Relay:Targets:one:Address"] = $"{Service.Address()}",
                ["Sluice:Relay:Targets:two:Address"] = $"{Service.Address(2)}",
                ["Sluice:Relay:Targets:two:HttpVersion"] = "Http2",
            };
            var rules = 0;
            foreach (var target in (string[])["one", "two"])
            {
                foreach (var commit in Commits)
                {
                    Rule(settings, rules++, $"{commit}-{target}",
                        ("When:Path", $"{commit}/{target}/*"), ("Store:Container", Container.Name), ("Relay:Target", target),
                        ("Commit", $"{commit}"));
                }
            }

            Rule(settings, rules++, "orders",
                ("When:Json:0:Pointer", "/type"), ("When:Json:0:Values:0", "order.*"), ("Store:Container", Container.Name),
                ("Store:Name", "orders/{json:/id}"));
            Rule(
                settings, rules++, "large events", ("When:Path", "events/*"), ("When:Json:0:Pointer", "/type"),
                ("When:Json:0:Seen", "false"), ("Store:Container", Container.Name), ("Store:Name", "unseen/{path}"));
            Rule(
                settings, rules++, "images", ("When:Path", "images/*"), ("Store:Container", Container.Name),
                ("MediaTypes:Allow:0", "image/*"), ("MediaTypes:RefuseContradiction", "true"));
            Rule(settings, rules++, "closed", ("When:Path", "closed/**"), ("Refuse:Status", "451"), ("Refuse:Detail", "Not here."));
            Rule(settings, rules, "relay", ("When:Headers:X-Kind", "relay"), ("Relay:Target", "one"), ("Relay:Path", "from/{path}"));
            return settings;
        }
    }

    /// <summary>Sends a body to the rules.</summary>
    internal async Task<Faults.Answer> IngestAsync(string path, HttpContent content, int http = 1, params (string, string)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Put, $"/api/ingest/{path}", content, http, headers);
        return await Faults.Answer.OfAsync(response, TestContext.Current.CancellationToken);
    }

    private static void Rule(Dictionary<string, string> settings, int index, string name, params (string Key, string Value)[] keys)
    {
        settings[$"Sluice:Routes:{index}:Name"] = name;
        foreach (var (key, value) in keys)
            settings[$"Sluice:Routes:{index}:{key}"] = value;
    }
}
