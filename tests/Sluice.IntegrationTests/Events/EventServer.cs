using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Events;

/// <summary>A server with events: to a service in the process of the tests, and to a queue.</summary>
public sealed class EventServer : ServiceServer
{
    /// <summary>What the events for the service are signed with.</summary>
    internal const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly string _connectionString;

    public EventServer(AzuriteFixture azurite)
        : base(azurite) => _connectionString = azurite.ConnectionString;

    /// <summary>The service that gets all events.</summary>
    internal EventInbox Inbox { get; } = new();

    /// <summary>The service that gets the events of one source of webhooks.</summary>
    internal EventInbox Hooks { get; } = new();

    /// <summary>The topic of Event Grid that gets all events.</summary>
    internal EventInbox Grid { get; } = new() { Answer = static _ => (200, null) };

    /// <summary>The service that gets the events of uploads that are not stored, or not yet.</summary>
    internal EventInbox Life { get; } = new();

    /// <summary>The outbox.</summary>
    internal QueueClient Outbox => Queue(TestedHost.IsFunctions ? "sluice-events" : $"o-{_id}");

    /// <summary>What could not be delivered.</summary>
    internal QueueClient DeadLetters => Queue($"d-{_id}");

    /// <summary>The queue that gets all events.</summary>
    internal QueueClient Events => Queue($"e-{_id}");

    // In a function app the outbox is where its trigger looks.
    protected override IReadOnlyDictionary<string, string> Settings => field ??= All()
        .Where(static setting => !TestedHost.IsFunctions || setting.Key != "Sluice:Events:Queue").ToDictionary();

    private Dictionary<string, string> All() => new()
    {
        ["Sluice:Relay:Targets:service:Address"] = $"{Service.Address()}",
        ["Sluice:Hooks:Sources:github:Scheme"] = "none",
        ["Sluice:Hooks:Sources:github:Store:Container"] = Container.Name,
        ["Sluice:Hooks:Sources:github:IdHeader"] = "X-GitHub-Delivery",
        ["Sluice:Routes:0:Name"] = "invoices",
        ["Sluice:Routes:0:When:Path"] = "invoices/**",
        ["Sluice:Routes:0:Store:Container"] = Container.Name,
        ["Sluice:Relay:Targets:other:Address"] = $"{Service.Address()}",
        ["Sluice:Relay:Targets:other:RemoveHeaders:0"] = "X-Not-For-Other",
        ["Sluice:Relay:Targets:other:AddHeaders:X-Key"] = "of-other",
        ["Sluice:Routes:1:Name"] = "later",
        ["Sluice:Routes:1:When:Path"] = "later/**",
        ["Sluice:Routes:1:Store:Container"] = Container.Name,
        ["Sluice:Routes:1:PassOn:0:Target"] = "service",
        ["Sluice:Routes:1:PassOn:0:Path"] = "first/{header:X-First}",
        ["Sluice:Routes:1:PassOn:1:Target"] = "other",
        ["Sluice:Routes:1:PassOn:1:Path"] = "second/{header:X-Second}",
        ["Sluice:Routes:2:Name"] = "retried",
        ["Sluice:Routes:2:When:Path"] = "retried/**",
        ["Sluice:Routes:2:Store:Container"] = Container.Name,
        ["Sluice:Routes:2:Relay:Target"] = "service",
        ["Sluice:Routes:2:Relay:Path"] = "first/{header:X-First}",
        ["Sluice:Routes:2:PassOn:0:Target"] = "other",
        ["Sluice:Routes:2:PassOn:0:Path"] = "second/{header:X-Second}",
        ["Sluice:Routes:2:Commit"] = "BlobFirstWithRetries",
        ["Sluice:Events:Queue"] = Outbox.Name,
        ["Sluice:Events:DeadLetterQueue"] = DeadLetters.Name,
        ["Sluice:Events:Source"] = "/tests",
        ["Sluice:Events:RecoveryTime"] = "00:00:05",
        ["Sluice:Events:RetryDelay"] = "00:00:01",
        ["Sluice:Events:MaxAge"] = "00:00:10",
        ["Sluice:Events:Destinations:service:Target"] = "service",
        ["Sluice:Events:Destinations:service:Path"] = Service.At(Inbox.ReceiveAsync),
        ["Sluice:Events:Destinations:service:Secret"] = Secret,
        ["Sluice:Events:Destinations:hooks:Target"] = "service",
        ["Sluice:Events:Destinations:hooks:Path"] = Service.At(Hooks.ReceiveAsync),
        ["Sluice:Events:Destinations:hooks:Sources:0"] = "github",
        ["Sluice:Events:ProgressBytes"] = "1000",
        ["Sluice:Events:Destinations:life:Target"] = "service",
        ["Sluice:Events:Destinations:life:Path"] = Service.At(Life.ReceiveAsync),
        ["Sluice:Events:Destinations:life:Types:0"] = "Created",
        ["Sluice:Events:Destinations:life:Types:1"] = "Progress",
        ["Sluice:Events:Destinations:life:Types:2"] = "Refused",
        ["Sluice:Events:Destinations:life:Types:3"] = "Expired",
        ["Sluice:Events:Destinations:queue:Queue"] = Events.Name,
        ["Sluice:Events:Destinations:grid:EventGrid"] = $"{Service.Address()}api/{Service.At(Grid.ReceiveAsync)}",
        ["Sluice:Events:Destinations:grid:Key"] = "a-key-of-a-topic",
    };

    /// <summary>Waits for the event of a blob in the queue.</summary>
    internal async Task<JsonElement> QueuedAsync(string name)
    {
        var found = new List<JsonElement>();
        await EventInbox.UntilAsync(() =>
        {
            foreach (var message in Receive())
            {
                var json = JsonElement.Parse(message.Body.ToString());
                if (json.GetProperty("subject").GetString()!.EndsWith($"/{name}", StringComparison.Ordinal))
                    found.Add(json);
            }

            return found.Count > 0 ? found : null;
        });
        return found[0];
    }

    /// <summary>Waits until there are so many dead letters of this server's blobs: function apps of other tests had the same queue.</summary>
    /// <returns>The first of them.</returns>
    internal async Task<JsonElement> LetterAsync(int count = 1)
    {
        var letters = await EventInbox.UntilAsync(() =>
            OfQueue(() => DeadLetters.PeekMessages(32).Value)
                ?.Select(static message => message.Body.ToString())
                .Where(letter => letter.Contains($"{Container.Name}/", StringComparison.Ordinal))
                .ToList() is { } found && found.Count >= count ? found : null);
        return JsonElement.Parse(letters[0]);
    }

    private QueueMessage[] Receive() => OfQueue(() =>
        Events.ReceiveMessages(32, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken).Value) ?? [];

    // Null until the queue exists.
    private static T? OfQueue<T>(Func<T> request)
        where T : class
    {
        try
        {
            return request();
        }
        catch (Azure.RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return null;
        }
    }

    private QueueClient Queue(string name) => new(
        _connectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
}
